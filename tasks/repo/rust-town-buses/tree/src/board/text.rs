//! A board as text.

use super::Departure;

/// One departure a line: `07:05  7    Old harbour`. A board without departures says so.
pub fn text(departures: &[Departure]) -> String {
    if departures.is_empty() {
        return "no departures".to_string();
    }
    let lines: Vec<String> = departures
        .iter()
        .map(|departure| format!("{}  {:<4} {}", departure.time, departure.line, departure.to))
        .collect();
    lines.join("\n")
}
