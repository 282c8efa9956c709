import CMalloc
import Glibc

/// Buffers that go back to the system as soon as they are freed, and a bounded number of heaps for all others.
package enum LargeBuffers {
    /// Makes buffers of 1 MiB and more go back when they are freed, for the whole process.
    ///
    /// By default glibc keeps buffers up to the size of the largest that was ever freed. The bodies of a few large
    /// messages would leave the heap full of holes that nothing else fits into.
    package static func giveBackWhenFreed() {
        _ = mallopt(M_MMAP_THRESHOLD, 1 << 20)
        // The default is eight heaps for each processor, and each keeps the most that was ever in it until it is
        // trimmed; with one for each processor the threads wait for each other.
        _ = mallopt(M_ARENA_MAX, Int32(clamping: 4 * max(sysconf(Int32(_SC_NPROCESSORS_ONLN)), 1)))
    }
}
