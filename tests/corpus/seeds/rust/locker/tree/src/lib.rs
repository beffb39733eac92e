//! What the lockers of a station cost, and what fits into them.

/// Counts those who are inside.
pub struct Gate {
    pub held: i32,
}

impl Gate {
    pub fn lock(&mut self) {
        self.held += 1;
    }

    pub fn unlock(&mut self) {
        self.held -= 1;
    }
}

/// The sum of the prices, each at most `limit`; negative ones are left out.
pub fn total(prices: &[i32], limit: i32) -> i32 {
    let mut result = 0;
    for price in prices {
        if *price < 0 {
            continue;
        }
        result += (*price).min(limit);
    }
    result
}

/// What a locker costs for some days; from the fifth day on one day is free.
pub fn fee(kind: &str, days: i32) -> i32 {
    if days < 1 {
        return 0;
    }
    let base = if kind == "small" {
        2
    } else if kind == "medium" {
        3
    } else {
        7
    };
    if days >= 5 {
        return base * days - base;
    }
    base * days
}

/// Whether a bag is light and small enough.
pub fn fits(weight: i32, size: i32) -> bool {
    weight <= 20 && size <= 8
}

/// What is left of `outer`.
pub fn room(outer: i32, inner: i32) -> i32 {
    outer - inner
}

/// One locker: a bag goes in when it fits and nothing else is in it.
pub struct Locker {
    pub gate: Gate,
    pub used: bool,
}

impl Locker {
    pub fn put(&mut self, weight: i32, size: i32) -> bool {
        self.gate.lock();
        let good = fits(weight, size) && !self.used;
        if good {
            self.used = true;
        }
        self.gate.unlock();
        good
    }

    pub fn left(&self, weight: i32, size: i32) -> i32 {
        room(weight, size)
    }
}
