//! Prints what the crate makes of each case that is named on the command line.

use labels::{longest, longest_of, Short};

fn outlives_list(buffer: &str) -> &str {
    let list: Vec<&str> = buffer.split(' ').collect();
    longest_of(&list).unwrap()
}

fn outlives_shortener(buffer: &str) -> &str {
    let short = Short::new(buffer, 4);
    short.text()
}

fn outlives_scope(buffer: &str) -> &str {
    let found;
    {
        let inner: &str = &buffer[..8];
        found = longest(inner, &buffer[9..]);
    }
    found
}

fn case(name: &str) {
    match name {
        "second_is_longer" => println!("{}", longest("See", "Ottersee")),
        "first_is_longer" => println!("{}", longest("Nordhafen", "See")),
        "equal_is_first" => println!("{}", longest("abc", "xyz")),
        "characters_not_bytes" => println!("{}", longest("äöü", "abcd")),
        "result_outlives_the_list" => println!("{}", outlives_list("Au Oberdorf See")),
        "result_outlives_the_other_text_s_scope" => println!("{}", outlives_scope("Bergheim Au")),
        "shortened_outlives_its_shortener" => println!("{}", outlives_shortener("Nordhafen")),
        "shortened_at_a_character" => println!("{}", Short::new("äöüß", 3).text()),
        "shorter_than_the_limit" => println!("{}", Short::new("Au", 9).text()),
        _ => println!("{:?}", longest_of(&[])),
    }
}

fn main() {
    for name in std::env::args().skip(1) {
        println!("== {name}");
        case(&name);
        println!("== .");
    }
}
