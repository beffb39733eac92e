// Runs one scenario, given on the command line, and prints what happened; judges nothing.
// usage: driver MAX_ATTEMPTS SUCCEED_AT (0: never)
use patience::{retry, RetryError};

fn main() {
    let args: Vec<u32> = std::env::args().skip(1).map(|a| a.parse().unwrap()).collect();
    let (max, succeed_at) = (args[0], args[1]);
    let mut seen: Vec<u32> = Vec::new();
    let result = retry(max, |attempt| {
        seen.push(attempt);
        if seen.len() > 1000 {
            println!("\"endless\"");
            std::process::exit(0);
        }
        if attempt == succeed_at { Ok(attempt * 11) } else { Err(format!("error {attempt}")) }
    });
    let outcome = match result {
        Ok(value) => format!("\"ok\",{value},\"\""),
        Err(RetryError::NoAttempts) => "\"none\",0,\"\"".to_string(),
        Err(RetryError::Exhausted { attempts, last }) => format!("\"gave up\",{attempts},\"{last}\""),
    };
    println!("[{outcome},{seen:?}]");
}
