//! Works rows, stitch by stitch.

use crate::parse::{parse, Item, Mistake, Stitch, Times};

/// What a row did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Stitches on the needle before and after.
    pub before: u32,
    pub after: u32,
    /// The new row, as it is seen from the front: `|` knit, `-` purl, `v` slipped, `o` yarn over,
    /// `/` two together, `^` three together, `_` bound off. Rows with an even number are worked
    /// from the back: their signs stand in reverse order, knit looks purled and purl knitted.
    pub signs: String,
}

/// How many stitches of the needle a stitch uses, and how many it makes.
fn needs(stitch: Stitch) -> (u32, u32) {
    match stitch {
        Stitch::Knit | Stitch::Purl | Stitch::Slip => (1, 1),
        Stitch::YarnOver => (0, 1),
        Stitch::KnitTwice => (1, 2),
        Stitch::TwoTogether => (2, 1),
        Stitch::ThreeTogether => (3, 1),
        Stitch::BindOff => (1, 0),
    }
}

fn sign(stitch: Stitch, from_behind: bool) -> &'static str {
    match stitch {
        Stitch::Knit if from_behind => "-",
        Stitch::Purl if from_behind => "|",
        Stitch::Knit => "|",
        Stitch::Purl => "-",
        Stitch::Slip => "v",
        Stitch::YarnOver => "o",
        Stitch::KnitTwice => "||",
        Stitch::TwoTogether => "/",
        Stitch::ThreeTogether => "^",
        Stitch::BindOff => "_",
    }
}

/// Works rows one after the other, beginning with `stitches` on the needle. Each row has to use up
/// all stitches. The first mistake ends the work; when no stitch is left the rest must be empty.
/// Empty rows are left out, but they count.
pub fn knit(rows: &[&str], stitches: u32) -> Result<Vec<Row>, Mistake> {
    let mut done = Vec::new();
    let mut on_needle = stitches;
    for (at, text) in rows.iter().enumerate() {
        let number = at as u32 + 1;
        if text.trim().is_empty() {
            continue;
        }
        let items = parse(text).map_err(|mistake| in_row(mistake, number))?;
        let mut needle = Needle { left: on_needle, made: Vec::new() };
        for item in &items {
            needle.work(item).map_err(|mistake| in_row(mistake, number))?;
        }
        if needle.left > 0 {
            return Err(Mistake::Left(number, needle.left));
        }
        let row = needle.finish(on_needle, number);
        on_needle = row.after;
        done.push(row);
    }
    Ok(done)
}

fn in_row(mistake: Mistake, row: u32) -> Mistake {
    match mistake {
        Mistake::Word(_, word) => Mistake::Word(row, word),
        Mistake::Count(_, count) => Mistake::Count(row, count),
        Mistake::Short(_) => Mistake::Short(row),
        Mistake::Left(_, left) => Mistake::Left(row, left),
        Mistake::Uneven(_) => Mistake::Uneven(row),
    }
}

struct Needle {
    left: u32,
    made: Vec<Stitch>,
}

impl Needle {
    fn work(&mut self, item: &Item) -> Result<(), Mistake> {
        let times = match item {
            Item::Stitch(_, _, times) => *times,
            Item::Group(_, times) => *times,
        };
        match times {
            Times::Count(count) => {
                for _ in 0..count {
                    self.once(item)?;
                }
            }
            Times::ToLast(last) => {
                if self.left < last {
                    return Err(Mistake::Uneven(1));
                }
                while self.left > last {
                    let before = self.left;
                    self.once(item)?;
                    if self.left == before || self.left < last {
                        return Err(Mistake::Uneven(1));
                    }
                }
            }
        }
        Ok(())
    }

    fn once(&mut self, item: &Item) -> Result<(), Mistake> {
        match item {
            Item::Stitch(stitch, count, _) => {
                for _ in 0..*count {
                    let (used, _) = needs(*stitch);
                    if used > self.left {
                        return Err(Mistake::Short(1));
                    }
                    self.left -= used;
                    self.made.push(*stitch);
                }
            }
            Item::Group(items, _) => {
                for inner in items {
                    self.work(inner)?;
                }
            }
        }
        Ok(())
    }

    fn finish(self, before: u32, number: u32) -> Row {
        let from_behind = number % 2 == 0;
        let after = self.made.iter().map(|stitch| needs(*stitch).1).sum();
        let mut signs: Vec<&str> =
            self.made.iter().map(|stitch| sign(*stitch, from_behind)).collect();
        if from_behind {
            signs.reverse();
        }
        Row { before, after, signs: signs.concat() }
    }
}
