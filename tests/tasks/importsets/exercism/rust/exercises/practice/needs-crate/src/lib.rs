pub fn throw() -> u32 { todo!() }
