//! Decides once a minute whether the pump of a well fills the tank.

/// What the owner has set. Levels in centimetres, times in minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// At this level or below it the pump starts.
    pub low: u32,
    /// At this level or above it the pump stops.
    pub high: u32,
    /// The pump runs no longer than this at a time.
    pub longest: u32,
    /// After each stop the motor cools down for this long before it starts again.
    pub rest: u32,
}

/// What the pump does in the minute that begins now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Off,
    On,
    /// Three runs in a row were stopped for their length: the well may be dry. Off until `reset`.
    Alarm,
}

/// Runs stopped for their length, one after the other, until the alarm is given.
const OVERRUNS: u32 = 3;
/// Minutes without a level from the sensor after which the pump is stopped.
const BLIND: u32 = 2;

/// The controller. Minutes are counted from its making.
#[derive(Debug, Clone)]
pub struct Pump {
    settings: Settings,
    state: State,
    minute: u32,
    started: u32,
    stopped: Option<u32>,
    overruns: u32,
    blind: u32,
    runtime: u32,
}

impl Pump {
    /// A pump that is off, with a cool motor.
    pub fn new(settings: Settings) -> Pump {
        Pump {
            settings,
            state: State::Off,
            minute: 0,
            started: 0,
            stopped: None,
            overruns: 0,
            blind: 0,
            runtime: 0,
        }
    }

    /// One minute: takes the level, `None` when the sensor gives none, and decides.
    pub fn tick(&mut self, level: Option<u32>) -> State {
        self.blind = if level.is_some() { 0 } else { self.blind + 1 };
        match self.state {
            State::On => self.running(level),
            State::Off => self.waiting(level),
            State::Alarm => {}
        }
        self.minute += 1;
        if self.state == State::On {
            self.runtime += 1;
        }
        self.state
    }

    /// Ends the alarm; the motor still cools down for as long as it should.
    pub fn reset(&mut self) {
        if self.state == State::Alarm {
            self.state = State::Off;
            self.overruns = 0;
        }
    }

    /// Minutes that the pump has run in all.
    pub fn runtime(&self) -> u32 {
        self.runtime
    }

    fn running(&mut self, level: Option<u32>) {
        if level.map_or(false, |level| level >= self.settings.high) {
            self.overruns = 0;
            self.stop();
        } else if self.blind >= BLIND {
            self.stop();
        } else if self.minute - self.started >= self.settings.longest {
            self.overruns += 1;
            self.stop();
            if self.overruns >= OVERRUNS {
                self.state = State::Alarm;
            }
        }
    }

    fn waiting(&mut self, level: Option<u32>) {
        let cool = match self.stopped {
            Some(stopped) => self.minute - stopped >= self.settings.rest,
            None => true,
        };
        if cool && level.map_or(false, |level| level <= self.settings.low) {
            self.state = State::On;
            self.started = self.minute;
        }
    }

    fn stop(&mut self) {
        self.state = State::Off;
        self.stopped = Some(self.minute);
    }
}
