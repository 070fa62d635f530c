//! Numbers that nobody can guess, and no two pages share.

/// A random number, from the browser's source for keys; where there is none (no browser of today), of the clock and
/// `Math.random`.
pub fn number() -> u64 {
    let mut bytes = [0; 8];
    let crypto = web_sys::window().and_then(|window| window.crypto().ok());
    match crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).ok()) {
        Some(_) => u64::from_le_bytes(bytes),
        None => (js_sys::Math::random() * u64::MAX as f64) as u64 ^ js_sys::Date::now().to_bits(),
    }
}
