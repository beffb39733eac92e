//! Reads one row of instructions.
//!
//! Steps are separated by commas. A step is a stitch with a count behind it (`k2`, 1 when there is
//! none), or a group of steps in round brackets. After either may stand how often it is done:
//! `x 3`, `to end`, or `to last 4`. Spaces do not matter between words.

/// What is done with stitches of the needle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stitch {
    Knit,
    Purl,
    Slip,
    YarnOver,
    KnitTwice,
    TwoTogether,
    ThreeTogether,
    BindOff,
}

/// How often a step is done. `ToLast(0)` is `to end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    Count(u32),
    ToLast(u32),
}

/// A step of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Item {
    Stitch(Stitch, u32, Times),
    Group(Vec<Item>, Times),
}

/// What is wrong with instructions; rows are counted from 1 by `knit`, `parse` says row 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mistake {
    /// Something that is no step, or stands in the wrong place; the word, empty at the end.
    Word(u32, String),
    /// A count that is not from 1 to 500.
    Count(u32, u32),
    /// The row needs more stitches than there are.
    Short(u32),
    /// So many stitches are left on the needle.
    Left(u32, u32),
    /// A step that is done to the end or the last stitches does not come out there, or uses none.
    Uneven(u32),
}

const LARGEST: u32 = 500;
const STITCHES: [(&str, Stitch); 8] = [
    ("k", Stitch::Knit),
    ("p", Stitch::Purl),
    ("sl", Stitch::Slip),
    ("yo", Stitch::YarnOver),
    ("kfb", Stitch::KnitTwice),
    ("tog", Stitch::TwoTogether),
    ("thr", Stitch::ThreeTogether),
    ("bo", Stitch::BindOff),
];

/// Reads a row.
pub fn parse(text: &str) -> Result<Vec<Item>, Mistake> {
    let words = split(text);
    let mut reader = Reader { words: &words, at: 0 };
    let items = reader.items()?;
    match reader.next() {
        "" => Ok(items),
        word => Err(Mistake::Word(1, word.to_string())),
    }
}

/// Words, numbers and signs, each for itself.
fn split(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for sign in text.chars() {
        let joins = (sign.is_ascii_digit() && last.is_ascii_digit())
            || (sign.is_alphabetic() && last.is_alphabetic());
        match words.last_mut() {
            Some(word) if joins => word.push(sign),
            _ if sign.is_whitespace() => {}
            _ => words.push(sign.to_string()),
        }
        last = sign;
    }
    words
}

struct Reader<'a> {
    words: &'a [String],
    at: usize,
}

impl Reader<'_> {
    fn peek(&self) -> &str {
        self.words.get(self.at).map_or("", String::as_str)
    }

    fn next(&mut self) -> &str {
        self.at += 1;
        self.words.get(self.at - 1).map_or("", String::as_str)
    }

    fn take(&mut self, wanted: &str) -> bool {
        let found = self.peek() == wanted;
        if found {
            self.at += 1;
        }
        found
    }

    fn items(&mut self) -> Result<Vec<Item>, Mistake> {
        let mut items = vec![self.item()?];
        while self.take(",") {
            items.push(self.item()?);
        }
        Ok(items)
    }

    fn item(&mut self) -> Result<Item, Mistake> {
        if self.take("(") {
            let items = self.items()?;
            if !self.take(")") {
                return Err(self.wrong());
            }
            return Ok(Item::Group(items, self.times()?));
        }
        let stitch = match STITCHES.iter().find(|(name, _)| *name == self.peek()) {
            Some((_, stitch)) => *stitch,
            None => return Err(self.wrong()),
        };
        self.at += 1;
        let count = if self.at_number() { self.number()? } else { 1 };
        Ok(Item::Stitch(stitch, count, self.times()?))
    }

    fn times(&mut self) -> Result<Times, Mistake> {
        if self.take("x") {
            return Ok(Times::Count(self.number()?));
        }
        if !self.take("to") {
            return Ok(Times::Count(1));
        }
        if self.take("end") {
            return Ok(Times::ToLast(0));
        }
        if self.take("last") {
            return Ok(Times::ToLast(self.number()?));
        }
        Err(self.wrong())
    }

    fn at_number(&self) -> bool {
        self.peek().starts_with(|sign: char| sign.is_ascii_digit())
    }

    fn number(&mut self) -> Result<u32, Mistake> {
        if !self.at_number() {
            return Err(self.wrong());
        }
        let number = self.next().parse().unwrap_or(u32::MAX);
        if number < 1 || number > LARGEST {
            return Err(Mistake::Count(1, number));
        }
        Ok(number)
    }

    fn wrong(&self) -> Mistake {
        Mistake::Word(1, self.peek().to_string())
    }
}
