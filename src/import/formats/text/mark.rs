//! A short mark of texts, the same wherever and whenever it is made.

/// Sixteen hexadecimal digits of the texts: FNV-1a, with a mark between them.
pub fn mark(texts: impl Iterator<Item = String>) -> String {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    let hash = |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME);
    let bytes = texts.flat_map(|text| text.into_bytes().into_iter().chain([0x1f]));
    format!("{:016x}", bytes.fold(OFFSET, hash))
}
