import NIOCore

/// Has a connection read in small pieces. What has been read and nobody has asked for yet is bounded by a number of
/// pieces, some ten of them: with the 64 KiB that reads grow to by themselves, four thousand bodies that wait for their
/// turn would take more than a gigabyte.
final class ReadSizeHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private static let largestBytes = 16 << 10

    func handlerAdded(context: ChannelHandlerContext) {
        // Nothing is lost on a channel that does not know the option.
        try? context.channel.syncOptions?.setOption(
            .recvAllocator,
            value: AdaptiveRecvByteBufferAllocator(minimum: 1024, initial: 2048, maximum: Self.largestBytes))
    }
}
