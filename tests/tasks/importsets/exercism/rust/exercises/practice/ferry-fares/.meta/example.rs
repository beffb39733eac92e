#[derive(Debug, PartialEq, Eq)]
pub enum FareError {
    Nobody,
    NoAdult,
}

pub fn fare(adults: u32, children: u32, car: bool) -> Result<u32, FareError> {
    match (adults, children) {
        (0, 0) => Err(FareError::Nobody),
        (0, _) => Err(FareError::NoAdult),
        _ => Ok(400 * adults + 200 * children + if car { 1150 } else { 0 }),
    }
}
