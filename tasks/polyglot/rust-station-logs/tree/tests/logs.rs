use stationlogs::{merge, windows, Reading, Window};

fn log(station: u32, times: &[u64]) -> Vec<Reading> {
    times.iter().map(|at| Reading { at: *at, station, value: *at as i32 }).collect()
}

/// A station that never ends; nobody needs a thousand of its readings here.
fn endless(station: u32) -> impl Iterator<Item = Reading> {
    (0..).map(move |at| {
        assert!(at < 1000, "station {station} was read far too much");
        Reading { at, station, value: at as i32 }
    })
}

#[test]
fn logs_are_brought_together() {
    let logs = vec![log(1, &[1, 4, 9]).into_iter(), log(2, &[2, 4, 5]).into_iter()];
    let found: Vec<(u64, u32)> = merge(logs).map(|reading| (reading.at, reading.station)).collect();
    assert_eq!(found, [(1, 1), (2, 2), (4, 1), (4, 2), (5, 2), (9, 1)]);
}

#[test]
fn no_logs() {
    let none: Vec<std::vec::IntoIter<Reading>> = Vec::new();
    assert_eq!(merge(none).next(), None);
}

#[test]
fn windows_of_ten_seconds() {
    let found: Vec<Window> = windows(log(1, &[3, 9, 10, 35]).into_iter(), 10).collect();
    let window = |from, count, lowest, highest| Window { from, count, lowest, highest };
    assert_eq!(found, [window(0, 2, 3, 9), window(10, 1, 10, 10), window(30, 1, 35, 35)]);
}

#[test]
fn stations_that_never_end() {
    let found: Vec<u64> = merge(vec![endless(1), endless(2)]).take(5).map(|r| r.at).collect();
    assert_eq!(found, [0, 0, 1, 1, 2]);
}

#[test]
fn windows_that_never_end() {
    let found: Vec<u64> = windows(endless(1), 60).take(2).map(|window| window.from).collect();
    assert_eq!(found, [0, 60]);
}

#[test]
fn how_much_is_left() {
    let logs = vec![log(1, &[1, 4]).into_iter(), log(2, &[2]).into_iter()];
    let mut merged = merge(logs);
    assert_eq!(merged.size_hint(), (3, Some(3)));
    merged.next();
    assert_eq!(merged.size_hint(), (2, Some(2)));
}
