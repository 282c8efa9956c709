import NIOCore

/// Lets a connection read in small pieces, and the system keep little of what is written.
///
/// What has been read and nobody has asked for yet is bounded by a number of pieces, some ten of them: with the 64 KiB
/// that reads grow to by themselves, four thousand bodies that wait for their turn would take more than a gigabyte. And
/// what an answer writes into buffers of megabytes for a peer that reads nothing costs others time and the system memory.
final class BufferSizes: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private static let largestBytes = 16 << 10

    /// The system takes twice as much.
    private static let sendBufferBytes = 128 << 10

    func handlerAdded(context: ChannelHandlerContext) {
        // Nothing is lost on a channel that does not know the option.
        try? context.channel.syncOptions?.setOption(
            .recvAllocator,
            value: AdaptiveRecvByteBufferAllocator(minimum: 1024, initial: 2048, maximum: Self.largestBytes))
        // Whoever writes an answer waits from the higher mark on until no more than the lower is left.
        try? context.channel.syncOptions?.setOption(
            .writeBufferWaterMark, value: ChannelOptions.Types.WriteBufferWaterMark(low: 16 << 10, high: 32 << 10))
        try? context.channel.syncOptions?.setOption(
            .socketOption(.so_sndbuf), value: Self.sendBufferBytes)
    }
}
