//! Puts a network together, one statement after the other, and refuses what does not fit.

use super::{Call, Network, Stop, Trip, Walk};
use crate::calendar::Service;
use crate::clock::Clock;

#[derive(Default)]
pub(crate) struct Builder {
    network: Network,
}

impl Builder {
    pub fn stop(&mut self, key: &str, name: &str) -> Result<(), String> {
        if self.network.stop(key).is_some() {
            return Err(format!("stop `{key}` is there already"));
        }
        self.network.stops.push(Stop::new(key, name));
        Ok(())
    }

    pub fn walk(&mut self, one: &str, other: &str, minutes: u32) -> Result<(), String> {
        let (one, other) = (self.known_stop(one)?, self.known_stop(other)?);
        self.network.stops[one].walks.push(Walk { to: other, minutes });
        self.network.stops[other].walks.push(Walk { to: one, minutes });
        Ok(())
    }

    pub fn service(&mut self, key: &str, week: [bool; 7]) -> Result<(), String> {
        if self.known_service(key).is_ok() {
            return Err(format!("service `{key}` is there already"));
        }
        self.network.services.push(Service::new(key, week));
        Ok(())
    }

    pub fn except(&mut self, key: &str, days: &[u32], runs: bool) -> Result<(), String> {
        let at = self.known_service(key)?;
        for day in days {
            self.network.services[at].except(*day, runs);
        }
        Ok(())
    }

    pub fn trip(&mut self, line: &str, service: &str, calls: &[(&str, Clock)]) -> Result<(), String> {
        let service = self.known_service(service)?;
        if calls.len() < 2 {
            return Err("a trip needs two stops or more".to_string());
        }
        let mut known: Vec<Call> = Vec::new();
        for (key, time) in calls {
            if known.last().map_or(false, |before| before.time > *time) {
                return Err(format!("the bus is at `{key}` before it left"));
            }
            known.push(Call { stop: self.known_stop(key)?, time: *time });
        }
        self.network.trips.push(Trip { line: line.to_string(), service, calls: known });
        Ok(())
    }

    pub fn finish(self) -> Network {
        self.network
    }

    fn known_stop(&self, key: &str) -> Result<usize, String> {
        self.network.stop(key).ok_or_else(|| format!("there is no stop `{key}`"))
    }

    fn known_service(&self, key: &str) -> Result<usize, String> {
        let found = self.network.services.iter().position(|service| service.key == key);
        found.ok_or_else(|| format!("there is no service `{key}`"))
    }
}
