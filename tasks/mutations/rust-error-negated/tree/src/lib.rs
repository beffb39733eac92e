//! Calling a fallible operation again until it works or patience runs out.

use std::fmt;

/// Why [`retry`] ended without a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RetryError<E> {
    /// No attempt was allowed, so the operation was never called.
    NoAttempts,
    /// Every allowed attempt failed.
    Exhausted {
        /// How often the operation was called.
        attempts: u32,
        /// What the last call returned.
        last: E,
    },
}

impl<E: fmt::Display> fmt::Display for RetryError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RetryError::NoAttempts => write!(f, "no attempt was allowed"),
            RetryError::Exhausted { attempts, last } => {
                write!(f, "gave up after {attempts} attempts: {last}")
            }
        }
    }
}

/// Calls `operation` with the attempt's number (1, 2, ...) and returns its first success.
///
/// An error leads to the next attempt as long as one is left; the last error is kept.
/// The operation is called at most `max_attempts` times.
///
/// ```
/// let value: Result<u32, patience::RetryError<&str>> =
///     patience::retry(3, |attempt| if attempt == 2 { Ok(7) } else { Err("busy") });
/// assert_eq!(value, Ok(7));
/// ```
pub fn retry<T, E, F>(max_attempts: u32, mut operation: F) -> Result<T, RetryError<E>>
where
    F: FnMut(u32) -> Result<T, E>,
{
    let mut outcome = None;
    let mut attempts = 0;
    while attempts < max_attempts {
        attempts += 1;
        let result = operation(attempts);
        let settled = result.is_err();
        outcome = Some(result);
        if settled {
            break;
        }
    }
    match outcome {
        None => Err(RetryError::NoAttempts),
        Some(Ok(value)) => Ok(value),
        Some(Err(last)) => Err(RetryError::Exhausted { attempts, last }),
    }
}
