#[derive(Debug, PartialEq, Eq)]
pub enum FareError {
    Nobody,
    NoAdult,
}

pub fn fare(adults: u32, children: u32, car: bool) -> Result<u32, FareError> {
    todo!("what do {adults} adults and {children} children pay, with a car: {car}?")
}
