#[test]
fn throws() {
    assert!(needs_crate::throw() > 0);
}
