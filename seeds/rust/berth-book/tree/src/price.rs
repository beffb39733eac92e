//! What a stay costs, and what comes back when it is cancelled.

const YEAR: u32 = 365;
const SUMMER: (u32, u32) = (151, 243);

/// Whether a night is in summer: days 151 to 243 of its year, both included, counted from 0.
fn in_summer(day: u32) -> bool {
    let of_year = day % YEAR;
    of_year >= SUMMER.0 && of_year <= SUMMER.1
}

/// The price of the nights from `from` to the day before `until`, in cents.
///
/// A night costs 300 for each metre that is begun in summer and 180 at other times, and at least
/// 1200. Power is 250 a night. A stay of 7 nights or more is a tenth cheaper, one of 28 or more a
/// quarter, power left out; the sum is rounded down to whole cents.
pub fn price(length: u32, power: bool, from: u32, until: u32) -> u32 {
    let metres = (length + 99) / 100;
    let mut berth = 0;
    let mut extra = 0;
    for day in from..until {
        let metre = if in_summer(day) { 300 } else { 180 };
        berth += (metres * metre).max(1200);
        if power {
            extra += 250;
        }
    }
    let nights = until.saturating_sub(from);
    let percent = if nights >= 28 {
        75
    } else if nights >= 7 {
        90
    } else {
        100
    };
    berth * percent / 100 + extra
}

/// What is paid back of `paid` when a stay that begins on day `from` is cancelled on `today`.
///
/// All of it 14 days before or earlier, half of it (the odd cent stays with us) 3 days before or
/// earlier, then nothing.
pub fn refund(paid: u32, from: u32, today: u32) -> u32 {
    if today + 14 <= from {
        paid
    } else if today + 3 <= from {
        paid / 2
    } else {
        0
    }
}
