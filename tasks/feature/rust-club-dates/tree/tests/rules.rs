use clubdates::{Date, Rule};

fn meetings(rule: &str, first: &str, last: &str) -> String {
    let (first, last) = (Date::parse(first).unwrap(), Date::parse(last).unwrap());
    let dates = Rule::parse(rule).unwrap().between(first, last);
    dates.iter().map(Date::to_string).collect::<Vec<_>>().join(" ")
}

#[test]
fn every_few_days() {
    let rule = "every 3 days from 2040-02-25";
    assert_eq!(meetings(rule, "2040-02-26", "2040-03-05"), "2040-02-28 2040-03-02 2040-03-05");
}

#[test]
fn every_second_week() {
    let rule = "every 2 weeks on mon, thu from 2040-01-04 until 2040-01-31";
    let expected = "2040-01-05 2040-01-16 2040-01-19 2040-01-30";
    assert_eq!(meetings(rule, "2040-01-01", "2040-12-31"), expected);
}

#[test]
fn the_weekday_of_the_first_day() {
    let rule = "Every week from 2040-01-04";
    assert_eq!(meetings(rule, "2040-01-01", "2040-01-12"), "2040-01-04 2040-01-11");
}

#[test]
fn what_cannot_be_read() {
    for bad in ["weeks from 2040-01-01", "every year from 2040-01-01", "every day", "every 0 days"] {
        assert!(Rule::parse(bad).is_err(), "{bad}");
    }
}

#[test]
fn every_month() {
    let rule = "every month on 15, last from 2040-01-20";
    let expected = "2040-01-31 2040-02-15 2040-02-29 2040-03-15";
    assert_eq!(meetings(rule, "2040-01-01", "2040-03-30"), expected);
    let rule = "every 2 months on 1st fri from 2040-01-01";
    assert_eq!(meetings(rule, "2040-01-01", "2040-04-30"), "2040-01-06 2040-03-02");
}

#[test]
fn a_few_times() {
    let rule = "every week on tue,wed from 2040-01-01 times 3";
    let expected = "2040-01-03 2040-01-04 2040-01-10";
    assert_eq!(meetings(rule, "2040-01-01", "2040-12-31"), expected);
}
