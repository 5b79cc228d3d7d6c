//! Arithmetic on eight characters at once.
//!
//! XOR with what is expected leaves 0..=9 where a digit was expected and got, and 0 where any other byte was; adding 6 to
//! a digit shows in the upper half of its byte whether it is more than 9.

/// Bits that two numbers of two digits and one of one digit do not have.
#[inline(always)]
pub(super) const fn not_short(digits: u64) -> u64 {
    others(digits, *b"\x06\x06\0\x06\x06\0\x06\0", *b"\xf0\xf0\xff\xf0\xf0\xff\xf0\xff")
}

/// These numbers.
#[inline(always)]
pub(super) const fn short(digits: u64) -> [u8; 3] {
    let pairs = pairs(digits);
    [(pairs >> 8) as u8, (pairs >> 32) as u8, (digits >> 48) as u8]
}

/// Bits that three numbers of two digits do not have.
#[inline(always)]
pub(super) const fn not_pairs(digits: u64) -> u64 {
    others(digits, *b"\x06\x06\0\x06\x06\0\x06\x06", *b"\xf0\xf0\xff\xf0\xf0\xff\xf0\xf0")
}

/// Numbers of two digits, each where its ones were: the tens, ten times and a byte further on, are added to the ones,
/// and no byte of them exceeds 99.
#[inline(always)]
pub(super) const fn pairs(digits: u64) -> u64 {
    digits.wrapping_mul((10 << 8) + 1)
}

/// What stands in the `unwanted` bits of digits before or after `room` is added: 6 makes 10 of a hexadecimal digit
/// from ten on, and 10 one from six on.
#[inline(always)]
pub(super) const fn others(digits: u64, room: [u8; 8], unwanted: [u8; 8]) -> u64 {
    (digits.wrapping_add(u64::from_le_bytes(room)) | digits) & u64::from_le_bytes(unwanted)
}

/// Two words from sixteen characters.
#[inline(always)]
pub(super) fn words(bytes: &[u8; 16]) -> [u64; 2] {
    let both = u128::from_le_bytes(*bytes);
    [both as u64, (both >> 64) as u64]
}
