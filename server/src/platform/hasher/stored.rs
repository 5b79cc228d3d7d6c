//! A password as the database keeps it: the parameters, the salt and the hash of a PHC string.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Params, Version};

/// Most memory of a hash that is looked at, in KiB. Imported ones of other platforms take 100 MiB.
pub(super) const MOST_MEMORY_KIB: u32 = 128 << 10;
/// Most memory times passes: eight times what a password of this platform takes, and room for the imported ones.
const MOST_WORK_KIB: u64 = 512 << 10;
/// Most lanes.
const MOST_LANES: u32 = 16;
/// Lengths of hashes that can be trusted, in bytes.
const HASH_BYTES: std::ops::RangeInclusive<usize> = 16..=64;

/// What a password was hashed to, and how.
#[derive(Clone, Debug)]
pub(super) struct Stored {
    pub(super) algorithm: Algorithm,
    pub(super) version: Version,
    pub(super) params: Params,
    pub(super) salt: Vec<u8>,
    pub(super) hash: Vec<u8>,
}

impl Stored {
    /// Reads a PHC string of any Argon2. `None` for other texts, and for parameters beyond what is looked at: whoever
    /// could write one into the database could keep the platform busy with it.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let parts = PasswordHash::new(text).ok()?;
        let params = Params::try_from(&parts).ok()?;
        let (salt, hash) = (parts.salt?, parts.hash?);
        let stored = Self {
            algorithm: Algorithm::try_from(parts.algorithm.as_str()).ok()?,
            // The first version wrote none.
            version: parts.version.map_or(Some(Version::V0x10), |version| Version::try_from(version).ok())?,
            params,
            salt: salt.to_vec(),
            hash: hash.as_bytes().to_vec(),
        };
        stored.is_affordable().then_some(stored)
    }

    fn is_affordable(&self) -> bool {
        let (memory, passes) = (self.params.m_cost(), self.params.t_cost());
        memory <= MOST_MEMORY_KIB
            && u64::from(memory) * u64::from(passes) <= MOST_WORK_KIB
            && self.params.p_cost() <= MOST_LANES
            && HASH_BYTES.contains(&self.hash.len())
    }

    /// Memory that hashing takes, in bytes.
    pub(super) fn memory_bytes(&self) -> u64 {
        self.params.block_count() as u64 * 1024
    }
}
