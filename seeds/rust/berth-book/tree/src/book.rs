//! The book of stays.

use crate::price::{price, refund};

/// No stay is longer than this, in nights.
const LONGEST: u32 = 90;
/// What a berth must have more than the boat, in centimetres.
const ROOM_AHEAD: u32 = 50;
const ROOM_BELOW: u32 = 30;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Berth {
    pub name: String,
    pub length: u32,
    pub depth: u32,
    pub power: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Boat {
    pub name: String,
    pub length: u32,
    pub draught: u32,
    pub power: bool,
}

/// A boat at a berth, for the nights from `from` to the day before `until`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stay {
    pub number: u32,
    pub boat: Boat,
    pub berth: String,
    pub from: u32,
    pub until: u32,
    pub paid: u32,
}

/// Why the book said no; of several reasons the one that stands first here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// There is no stay with this number.
    Unknown,
    /// No night at all, or more than 90.
    BadDates,
    /// This boat is in the marina in one of these nights already.
    AlreadyHere,
    /// No berth is long and deep enough, with power where the boat wants it.
    TooBig,
    /// Every berth that would do is taken in one of these nights.
    Full,
}

impl Stay {
    fn overlaps(&self, from: u32, until: u32) -> bool {
        self.from < until && from < self.until
    }
}

impl Berth {
    /// A berth is half a metre longer and 30 cm deeper than its boat, or more.
    fn takes(&self, boat: &Boat) -> bool {
        let long = self.length >= boat.length + ROOM_AHEAD;
        let deep = self.depth >= boat.draught + ROOM_BELOW;
        long && deep && (self.power || !boat.power)
    }
}

/// All berths and stays. Numbers of stays begin at 1 and are never given twice.
pub struct Book {
    berths: Vec<Berth>,
    stays: Vec<Stay>,
    last: u32,
}

impl Book {
    pub fn new(berths: Vec<Berth>) -> Book {
        Book { berths, stays: Vec::new(), last: 0 }
    }

    /// Finds the shortest berth that will do and is free, of equal ones the shallowest, then the
    /// first in the list, and writes the stay down.
    pub fn reserve(&mut self, boat: &Boat, from: u32, until: u32) -> Result<Stay, Refusal> {
        check_dates(from, until)?;
        for stay in &self.stays {
            if stay.boat.name == boat.name && stay.overlaps(from, until) {
                return Err(Refusal::AlreadyHere);
            }
        }
        let mut best: Option<&Berth> = None;
        let mut possible = false;
        for berth in &self.berths {
            if !berth.takes(boat) {
                continue;
            }
            possible = true;
            if self.taken(&berth.name, from, until, 0) {
                continue;
            }
            best = match best {
                Some(found) if !smaller(berth, found) => Some(found),
                _ => Some(berth),
            };
        }
        let berth = match best {
            Some(berth) => berth.name.clone(),
            None if possible => return Err(Refusal::Full),
            None => return Err(Refusal::TooBig),
        };
        self.last += 1;
        let paid = price(boat.length, boat.power, from, until);
        let stay = Stay { number: self.last, boat: boat.clone(), berth, from, until, paid };
        self.stays.push(stay.clone());
        Ok(stay)
    }

    /// Moves the departure of a stay, at the same berth; returns what is still to be paid, or less
    /// than nothing when money is given back.
    pub fn change(&mut self, number: u32, until: u32) -> Result<i64, Refusal> {
        let at = self.find(number)?;
        let stay = self.stays[at].clone();
        check_dates(stay.from, until)?;
        for other in &self.stays {
            let same = other.boat.name == stay.boat.name && other.number != number;
            if same && other.overlaps(stay.from, until) {
                return Err(Refusal::AlreadyHere);
            }
        }
        if self.taken(&stay.berth, stay.from, until, number) {
            return Err(Refusal::Full);
        }
        let paid = price(stay.boat.length, stay.boat.power, stay.from, until);
        self.stays[at].until = until;
        self.stays[at].paid = paid;
        Ok(i64::from(paid) - i64::from(stay.paid))
    }

    /// Takes a stay out of the book and returns what is paid back.
    pub fn cancel(&mut self, number: u32, today: u32) -> Result<u32, Refusal> {
        let at = self.find(number)?;
        let stay = self.stays.remove(at);
        Ok(refund(stay.paid, stay.from, today))
    }

    /// The boat that lies at a berth in a night.
    pub fn guest(&self, berth: &str, night: u32) -> Option<&str> {
        for stay in &self.stays {
            if stay.berth == berth && stay.overlaps(night, night + 1) {
                return Some(&stay.boat.name);
            }
        }
        None
    }

    /// How many berths nobody lies at in a night.
    pub fn free(&self, night: u32) -> usize {
        let taken = self.stays.iter().filter(|stay| stay.overlaps(night, night + 1)).count();
        self.berths.len() - taken
    }

    /// The names of the boats that come and of those that leave on a day, each by berth.
    pub fn moves(&self, day: u32) -> (Vec<String>, Vec<String>) {
        let mut coming = Vec::new();
        let mut leaving = Vec::new();
        for berth in &self.berths {
            for stay in &self.stays {
                if stay.berth != berth.name {
                    continue;
                }
                if stay.from == day {
                    coming.push(stay.boat.name.clone());
                }
                if stay.until == day {
                    leaving.push(stay.boat.name.clone());
                }
            }
        }
        (coming, leaving)
    }

    fn find(&self, number: u32) -> Result<usize, Refusal> {
        let found = self.stays.iter().position(|stay| stay.number == number);
        found.ok_or(Refusal::Unknown)
    }

    /// Whether somebody else than stay `except` is at the berth in one of the nights.
    fn taken(&self, berth: &str, from: u32, until: u32, except: u32) -> bool {
        for stay in &self.stays {
            if stay.berth == berth && stay.number != except && stay.overlaps(from, until) {
                return true;
            }
        }
        false
    }
}

fn check_dates(from: u32, until: u32) -> Result<(), Refusal> {
    if until <= from || until - from > LONGEST {
        return Err(Refusal::BadDates);
    }
    Ok(())
}

fn smaller(one: &Berth, other: &Berth) -> bool {
    if one.length != other.length {
        return one.length < other.length;
    }
    one.depth < other.depth
}
