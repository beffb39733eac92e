//! Stops, services and trips, as they were read.

mod builder;
mod stop;
mod trip;

pub(crate) use builder::Builder;
pub use stop::{Stop, Walk};
pub use trip::{Call, Trip};

use crate::calendar::Service;

/// A whole timetable. Stops and services are known by their place here.
#[derive(Debug, Clone, Default)]
pub struct Network {
    pub stops: Vec<Stop>,
    pub trips: Vec<Trip>,
    pub(crate) services: Vec<Service>,
}

impl Network {
    /// The place of the stop with this key.
    pub fn stop(&self, key: &str) -> Option<usize> {
        self.stops.iter().position(|stop| stop.key == key)
    }

    /// The trips that start on a day.
    pub fn trips_on(&self, day: u32) -> impl Iterator<Item = &Trip> + '_ {
        self.trips.iter().filter(move |trip| self.services[trip.service].runs_on(day))
    }
}
