//! The memory allocator of the hosted platform, and its settings.
//!
//! The usual one of Linux gives every thread an arena of its own and keeps in each what is free there: under two hundred
//! readers that was three times what the program needs at once. jemalloc with two arenas gives back within a second
//! what nobody needs. It serves what is written in C too (SQLite, TLS).
//!
//! Whoever names this crate gets it: `use oxi_allocator as _;` in a program.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod jemalloc {
    #[global_allocator]
    static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

    /// Two arenas, as many as small machines have cores; free memory goes back after a second, by a thread that also does
    /// so while nobody asks for memory.
    const SETTINGS: &[u8; 70] = b"narenas:2,dirty_decay_ms:1000,muzzy_decay_ms:0,background_thread:true\0";

    /// jemalloc reads a C string from the pointer of this name. A reference to an array is one machine pointer.
    #[expect(unsafe_code, reason = "it is read before any code runs, and nothing else has this name")]
    #[unsafe(export_name = "malloc_conf")]
    static MALLOC_CONF: &[u8; 70] = SETTINGS;
}
