use patience::{retry, RetryError};

#[test]
fn a_success_is_returned_at_once() {
    let mut calls = 0;
    let value: Result<u32, RetryError<&str>> = retry(5, |_| {
        calls += 1;
        Ok(42)
    });
    assert_eq!(value, Ok(42));
    assert_eq!(calls, 1);
}

#[test]
fn an_error_is_tried_again() {
    let value = retry(5, |attempt| if attempt < 3 { Err("busy") } else { Ok(attempt) });
    assert_eq!(value, Ok(3));
}

#[test]
fn patience_runs_out() {
    let value: Result<u32, _> = retry(3, |_| Err("busy"));
    assert_eq!(value, Err(RetryError::Exhausted { attempts: 3, last: "busy" }));
}

#[test]
fn no_attempts_is_an_error() {
    let value: Result<u32, RetryError<&str>> = retry(0, |_| Ok(1));
    assert_eq!(value, Err(RetryError::NoAttempts));
}
