import CMalloc

/// Buffers that go back to the system as soon as they are freed.
enum LargeBuffers {
    /// From 1 MiB on; for the whole process.
    ///
    /// Left alone, glibc keeps buffers of the size of the largest that was ever freed for itself. The bodies of a few
    /// large messages would leave the heap full of holes that nothing else fits into.
    static func giveBackWhenFreed() {
        _ = mallopt(M_MMAP_THRESHOLD, 1 << 20)
    }
}
