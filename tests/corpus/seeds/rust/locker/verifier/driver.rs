use locker::{fee, fits, total, Gate, Locker};

fn said(good: bool) -> &'static str {
    if good { "yes" } else { "no" }
}

fn main() {
    for name in std::env::args().skip(1) {
        println!("== {name}");
        for part in name.split('_').skip(1) {
            let (one, two) = part.split_once('-').unwrap_or((part, "0"));
            let (left, right) = (one.parse::<i32>().unwrap_or(0), two.parse::<i32>().unwrap_or(0));
            if name.starts_with("total") {
                println!("{}", total(&[4, -1, left, 6], 5));
            } else if name.starts_with("fee") {
                println!("{}", fee(one, right));
            } else if name.starts_with("fits") {
                println!("{}", said(fits(left, right)));
            } else {
                let mut locker = Locker { gate: Gate { held: 0 }, used: false };
                let first = locker.put(left, right);
                let second = locker.put(1, 1);
                println!("{} {} {} {}", said(first), said(second), locker.gate.held, locker.left(left, right));
            }
        }
        println!("== .");
    }
}
