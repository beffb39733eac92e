//! Many logs as one.

use crate::Reading;

/// The readings of several logs by time. Made by [`merge`].
pub struct Merged<I> {
    logs: Vec<I>,
    sorted: Option<std::vec::IntoIter<Reading>>,
}

/// Brings logs together, each of which is in order of time already. Of readings of the same time
/// those of the log that stands first in `logs` come first, and in the order of their log.
pub fn merge<I>(logs: Vec<I>) -> Merged<I>
where
    I: Iterator<Item = Reading>,
{
    Merged { logs, sorted: None }
}

impl<I> Iterator for Merged<I>
where
    I: Iterator<Item = Reading>,
{
    type Item = Reading;

    fn next(&mut self) -> Option<Reading> {
        let logs = &mut self.logs;
        let sorted = self.sorted.get_or_insert_with(|| {
            let mut all: Vec<Reading> = logs.iter_mut().flatten().collect();
            all.sort_by_key(|reading| reading.at);
            all.into_iter()
        });
        sorted.next()
    }
}
