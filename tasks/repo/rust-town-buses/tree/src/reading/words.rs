//! The words of a line.

/// Splits at spaces; quoted words stay whole, comments are left out.
pub fn split(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut rest = line.trim_start();
    while !rest.is_empty() && !rest.starts_with('#') {
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => match quoted.split_once('"') {
                Some(found) => found,
                None => return Err("a quote is not closed".to_string()),
            },
            None => {
                let end = rest.find(|c: char| c.is_whitespace() || c == '#').unwrap_or(rest.len());
                rest.split_at(end)
            }
        };
        words.push(word.to_string());
        rest = after.trim_start();
    }
    Ok(words)
}
