use wellpump::{Pump, Settings, State};

fn pump() -> Pump {
    Pump::new(Settings { low: 20, high: 80, longest: 10, rest: 4 })
}

fn states(pump: &mut Pump, levels: &[u32]) -> String {
    let sign = |level: &u32| match pump.tick(Some(*level)) {
        State::Off => '.',
        State::On => '#',
        State::Alarm => '!',
    };
    levels.iter().map(sign).collect()
}

#[test]
fn between_low_and_high() {
    assert_eq!(states(&mut pump(), &[50, 21, 20, 21, 79, 80, 79]), "..###..");
}

#[test]
fn the_motor_cools_down() {
    let mut pump = pump();
    assert_eq!(states(&mut pump, &[10, 30, 60, 90, 10, 10, 10, 10, 10]), "###....##");
}

#[test]
fn a_long_run_is_stopped() {
    let mut pump = pump();
    assert_eq!(states(&mut pump, &[10; 16]), "##########....##");
}

#[test]
fn the_sensor_is_silent() {
    let mut pump = pump();
    pump.tick(Some(10));
    assert_eq!(pump.tick(None), State::On);
    assert_eq!(pump.tick(None), State::Off);
}

#[test]
fn an_alarm_in_the_end() {
    let mut pump = Pump::new(Settings { low: 20, high: 80, longest: 2, rest: 1 });
    assert_eq!(states(&mut pump, &[10; 10]), "##.##.##!!");
    pump.reset();
    assert_eq!(states(&mut pump, &[10; 2]), "##");
}

#[test]
fn minutes_are_counted() {
    let mut pump = pump();
    states(&mut pump, &[10, 30, 60, 90, 90]);
    assert_eq!(pump.runtime(), 3);
}
