pub fn throw() -> u32 { 4 }
