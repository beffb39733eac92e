//! Prints the meetings of each case that is named on the command line.

use clubdates::{Date, Rule};

/// Name, rule, first and last day.
const CASES: &[(&str, &str, &str, &str)] = &[
    ("days_as_before", "every 10 days from 2039-12-28 until 2040-01-27", "2039-01-01", "2041-01-01"),
    ("weeks_as_before", "every 3 weeks on sun,mon from 2040-01-08", "2040-01-01", "2040-02-20"),
    ("any_order_as_before", "EVERY weeks until 2040-01-20 on Fri from 2040-01-01", "2040-01-01", "2040-02-20"),
    ("a_day_of_the_month", "every month on 7 from 2040-01-08", "2040-01-01", "2040-04-07"),
    ("day_of_from", "every month from 2040-01-30", "2040-01-01", "2040-05-31"),
    ("months_without_it", "every month on 31 from 2040-01-01", "2040-01-01", "2040-08-31"),
    ("leap_day", "every 12 months on 29 from 2039-02-01", "2039-01-01", "2048-12-31"),
    ("last_day", "every month on last from 2039-01-31", "2039-01-01", "2039-06-30"),
    ("last_day_in_leap_years", "every 12 months on last from 2039-02-28", "2039-01-01", "2042-12-31"),
    ("nth_weekday", "every month on 2nd tue, 4th sun from 2040-01-01", "2040-01-01", "2040-04-30"),
    ("third_and_first", "every month on 3rd wed,1st wed from 2040-02-01", "2040-01-01", "2040-04-30"),
    ("last_weekday", "every month on last fri from 2040-01-01", "2040-01-01", "2040-06-30"),
    ("last_is_fourth_or_fifth", "every month on 4th thu, last thu from 2040-01-01", "2040-01-01", "2040-04-30"),
    ("every_third_month", "every 3 months on 1, 20 from 2039-11-15", "2039-01-01", "2040-09-01"),
    ("over_the_year", "every 5 months on 1st mon from 2039-10-31", "2039-01-01", "2041-12-31"),
    ("same_day_once", "every month on 29,last,last wed from 2040-02-01", "2040-02-01", "2040-03-31"),
    ("until_with_months", "every month on 10 until 2040-03-10 from 2040-01-10", "2040-01-01", "2041-01-01"),
    ("a_part_of_the_months", "every 2 months on 5,25 from 2040-01-10", "2040-03-06", "2040-07-04"),
    ("capital_letters", "Every Month On Last Fri, 1ST Mon From 2040-01-01 Times 3", "2040-01-01", "2041-01-01"),
    ("times_with_days", "every 2 days from 2040-01-01 times 4", "2039-01-01", "2041-01-01"),
    ("times_in_any_order", "every week times 5 on mon,sat from 2040-01-04", "2040-01-01", "2041-01-01"),
    ("times_with_months", "every month on 31 times 3 from 2040-02-01", "2040-01-01", "2041-01-01"),
    ("times_are_counted_from_the_start", "every day from 2040-01-01 times 10", "2040-01-08", "2040-01-20"),
    ("times_are_over", "every day from 2040-01-01 times 10", "2040-01-11", "2040-01-20"),
    ("one_time", "every month on last mon from 2040-01-31 times 1", "2040-01-01", "2041-01-01"),
    ("long_ago", "every month on 1st fri, 13 from 2030-01-01 times 241", "2039-12-01", "2041-01-01"),
];

const BAD: &[(&str, &[&str])] = &[
    (
        "bad_lists",
        &["0", "32", "5th fri", "fri", "1st", "first fri", "1st fri sat", "15,", "-1", "last 1", "1st 15"],
    ),
    ("bad_times", &["times 0", "times -3", "times many", "times", "times 2 times 3", "times 2 until 2041-01-01"]),
];

fn case(name: &str) {
    for (known, rule, first, last) in CASES {
        if *known != name {
            continue;
        }
        match Rule::parse(rule) {
            Ok(rule) => {
                let (first, last) = (Date::parse(first).unwrap(), Date::parse(last).unwrap());
                for date in rule.between(first, last) {
                    println!("{date}");
                }
            }
            Err(_) => println!("cannot be read"),
        }
    }
    for (known, words) in BAD {
        if *known != name {
            continue;
        }
        for word in *words {
            let rule = if name == "bad_times" {
                format!("every month from 2040-01-01 {word}")
            } else {
                format!("every month on {word} from 2040-01-01")
            };
            println!("{word}: {}", if Rule::parse(&rule).is_ok() { "read" } else { "refused" });
        }
        println!("{}", Rule::parse("every month on 31 from 2040-01-01 times 2").is_ok());
    }
    if name == "months_and_other_lists" {
        for rule in ["every month on mon", "every week on 15", "every week on 1st mon", "every day on 15"] {
            let rule = format!("{rule} from 2040-01-01");
            println!("{}", if Rule::parse(&rule).is_ok() { "read" } else { "refused" });
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
