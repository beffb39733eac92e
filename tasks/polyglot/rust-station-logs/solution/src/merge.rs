//! Many logs as one.

use crate::Reading;

/// The readings of several logs by time. Made by [`merge`].
pub struct Merged<I> {
    logs: Vec<Log<I>>,
}

/// A log and the reading that comes next, once it was looked at.
struct Log<I> {
    rest: Option<I>,
    next: Option<Reading>,
}

/// Brings logs together, each of which is in order of time already. Of readings of the same time
/// those of the log that stands first in `logs` come first, and in the order of their log.
pub fn merge<I>(logs: Vec<I>) -> Merged<I>
where
    I: Iterator<Item = Reading>,
{
    let logs = logs.into_iter().map(|log| Log { rest: Some(log), next: None }).collect();
    Merged { logs }
}

impl<I> Log<I>
where
    I: Iterator<Item = Reading>,
{
    fn peek(&mut self) -> Option<Reading> {
        if self.next.is_none() {
            self.next = self.rest.as_mut()?.next();
            if self.next.is_none() {
                self.rest = None;
            }
        }
        self.next
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let ahead = usize::from(self.next.is_some());
        let (low, high) = self.rest.as_ref().map_or((0, Some(0)), Iterator::size_hint);
        (low.saturating_add(ahead), high.and_then(|high| high.checked_add(ahead)))
    }
}

impl<I> Iterator for Merged<I>
where
    I: Iterator<Item = Reading>,
{
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        let mut best: Option<(u64, usize)> = None;
        for (at, log) in self.logs.iter_mut().enumerate() {
            if let Some(reading) = log.peek() {
                if best.map_or(true, |(time, _)| reading.at < time) {
                    best = Some((reading.at, at));
                }
            }
        }
        let (_, at) = best?;
        self.logs[at].next.take()
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let hints = self.logs.iter().map(Log::size_hint);
        hints.fold((0, Some(0)), |(low, high), (more, most)| {
            let high = high.and_then(|high: usize| high.checked_add(most?));
            (low.saturating_add(more), high)
        })
    }
}
