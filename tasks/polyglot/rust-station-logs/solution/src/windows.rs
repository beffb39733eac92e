//! Readings by windows of time.

use crate::Reading;

/// The readings of the seconds from `from` on, as many as a window is wide: how many there are,
/// the lowest and the highest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    pub from: u64,
    pub count: usize,
    pub lowest: i32,
    pub highest: i32,
}

/// Windows one after the other. Made by [`windows`].
pub struct Windows<I> {
    readings: Option<I>,
    width: u64,
    open: Option<Window>,
}

/// Sums up readings, which are in order of time, by windows that begin at the multiples of `width`
/// seconds. Windows without a reading are left out. A width of 0 is taken for 1.
pub fn windows<I>(readings: I, width: u64) -> Windows<I>
where
    I: Iterator<Item = Reading>,
{
    Windows { readings: Some(readings), width: width.max(1), open: None }
}

impl<I> Iterator for Windows<I>
where
    I: Iterator<Item = Reading>,
{
    type Item = Window;

    fn next(&mut self) -> Option<Window> {
        while let Some(reading) = self.readings.as_mut().and_then(Iterator::next) {
            let from = reading.at / self.width * self.width;
            match &mut self.open {
                Some(window) if window.from == from => window.add(reading.value),
                open => {
                    let done = open.replace(Window::of(from, reading.value));
                    if done.is_some() {
                        return done;
                    }
                }
            }
        }
        self.readings = None;
        self.open.take()
    }
}

impl Window {
    fn of(from: u64, value: i32) -> Window {
        Window { from, count: 1, lowest: value, highest: value }
    }

    fn add(&mut self, value: i32) {
        self.count += 1;
        self.lowest = self.lowest.min(value);
        self.highest = self.highest.max(value);
    }
}
