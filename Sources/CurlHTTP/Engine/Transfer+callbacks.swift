import CCurl
import Glibc

/// The C side of a transfer: functions without captures, each given the transfer as its context.
///
/// The context is not retained: the loop's table holds every transfer until its easy handle has left the multi handle.
extension Transfer {
    func connectCallbacks() throws(HTTPFailure) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        try easy.check(
            ccurl_set_callbacks(
                easy.pointer, context, Self.read, Self.seek, Self.write, Self.header, Self.openSocket,
                Self.beforeRequest))
    }

    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer? {
        context.map { Unmanaged<Transfer>.fromOpaque($0).takeUnretainedValue() }
    }

    private static let read: curl_read_callback = { buffer, size, count, context in
        let bytes = UnsafeMutableRawBufferPointer(start: buffer, count: size * count)
        return from(context)?.readBody(into: bytes) ?? 0
    }

    private static let seek: curl_seek_callback = { context, offset, origin in
        guard offset == 0, origin == SEEK_SET, let transfer = from(context) else { return CURL_SEEKFUNC_FAIL }
        return transfer.rewindBody() ? CURL_SEEKFUNC_OK : CURL_SEEKFUNC_FAIL
    }

    /// Returning another number than the given one makes libcurl stop.
    private static let write: curl_write_callback = { buffer, size, count, context in
        let bytes = UnsafeRawBufferPointer(start: buffer, count: size * count)
        return from(context)?.take(bodyBytes: bytes) ?? false ? bytes.count : bytes.count &+ 1
    }

    private static let header: curl_write_callback = { buffer, size, count, context in
        let line = UnsafeRawBufferPointer(start: buffer, count: size * count)
        return from(context)?.take(headerLine: line) ?? false ? line.count : line.count &+ 1
    }

    private static let openSocket: curl_opensocket_callback = { context, purpose, target in
        let refused: curl_socket_t = -1
        guard let target, let transfer = from(context), let offset = MemoryLayout.offset(of: \curl_sockaddr.addr)
        else { return refused }
        // The address is longer than the member that begins it: it must be read in place.
        let address = (UnsafeRawPointer(target) + offset).assumingMemoryBound(to: sockaddr.self)
        guard purpose == CURLSOCKTYPE_IPCXN, transfer.mayOpenSocket(to: address) else { return refused }
        let kind = target.pointee.socktype | Int32(SOCK_CLOEXEC.rawValue)
        return socket(target.pointee.family, kind, target.pointee.protocol)
    }

    private static let beforeRequest: curl_prereq_callback = { context, address, _, _, _ in
        guard let address, let transfer = from(context) else { return CURL_PREREQFUNC_ABORT }
        return transfer.mayStart(to: String(cString: address)) ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT
    }
}
