//! Prints what the crate makes of each case that is named on the command line.

use meter::{mean, total, BadReading};

fn show(result: Result<i64, BadReading>) -> String {
    match result {
        Ok(number) => format!("Ok({number})"),
        Err(bad) => format!("Err index {} value {:?}", bad.index, bad.value),
    }
}

fn case(name: &str) {
    match name {
        "sum_with_spaces_and_signs" => println!("{}", show(total(&["+1", "\t7 ", "-4"]))),
        "nothing_is_zero" => println!("{} {}", show(total(&[])), show(mean(&[]))),
        "first_bad_one_is_named" => println!("{}", show(total(&["1", "x1", "y2"]))),
        "value_as_it_came" => println!("{}", show(total(&[" 7 7 "]))),
        "empty_text_is_bad" => println!("{}", show(total(&["1", "2", ""]))),
        "too_large_a_number_is_bad" => println!("{}", show(total(&["9223372036854775808"]))),
        "a_sum_that_overflows_is_bad" => {
            println!("{}", show(total(&["9223372036854775807", "1"])))
        }
        "mean_rounds_towards_zero" => println!("{}", show(mean(&["-3", "0"]))),
        "mean_of_bad_readings" => println!("{}", show(mean(&["1", "2", "3", "?"]))),
        "it_is_an_error" => {
            let bad: Box<dyn std::error::Error> = Box::new(total(&["1", "x"]).unwrap_err());
            println!("{bad}");
        }
        _ => {
            let one = total(&["x"]).unwrap_err();
            let other = BadReading { index: 0, value: "y".to_string() };
            let debug = format!("{:?}", one.clone()).contains("index");
            println!("{} {}", debug, one == other);
        }
    }
}

fn main() {
    for name in std::env::args().skip(1) {
        println!("== {name}");
        case(&name);
        println!("== .");
    }
}
