package import GatewayCore

/// Keys of gateways that share a database. It has them, and no data directory needs a file of one.
extension KeyFile {
    /// The key, and whether it was made just now because there was none. The first gateway that needs it gives it: the one
    /// in its data directory, which may come from the time before it shared anything, else a new one.
    ///
    /// - Parameter keys: nil for a gateway by itself, whose data directory has the key.
    /// - Throws: also where the data directory has another key than the others use.
    package func octets(
        in directory: String, sharedBy keys: (any SharedKeys)?
    ) async throws(DiskFailure) -> (octets: [UInt8], isNew: Bool) {
        guard let keys else { return try octets(in: directory) }
        let own = try kept(in: directory)
        let found: (octets: [UInt8], isNew: Bool)
        do throws(StoreFailure) { found = try await keys.key(name, orKeep: own ?? Self.made()) } catch {
            throw unreadable(error)
        }
        guard own == nil || own == found.octets else {
            throw DiskFailure(
                inDataDirectory:
                    "\(directory)/\(name) is another \(noun) than the one in the database. Move the file away to go on "
                    + "with the key of the database, which \(loss) with the key of the file; or, to go on with that one "
                    + "everywhere, stop all gateways and remove the row \(name) of the table gateway_key")
        }
        return (try checked(found.octets), found.isNew && own == nil)
    }

    /// The keys that were made before, of the data directory and of the database; none where none were.
    package func allKept(in directory: String, sharedBy keys: (any SharedKeys)?) async throws(DiskFailure) -> [[UInt8]]
    {
        let own = try kept(in: directory)
        guard let keys else { return [own].compactMap(\.self) }
        let shared: [UInt8]?
        do throws(StoreFailure) { shared = try await keys.key(name) } catch { throw unreadable(error) }
        guard let shared, shared != own else { return [own].compactMap(\.self) }
        return [own, try checked(shared)].compactMap(\.self)
    }

    func checked(_ octets: [UInt8]) throws(DiskFailure) -> [UInt8] {
        guard octets.count == Self.octetCount else {
            throw DiskFailure(
                inDataDirectory:
                    "the row \(name) of the table gateway_key is not the \(noun) that a gateway wrote; put it back from a "
                    + "backup, or remove it to have a new one made, which \(loss)")
        }
        return octets
    }

    private func unreadable(_ failure: StoreFailure) -> DiskFailure {
        DiskFailure(inDataDirectory: "the \(noun) can be neither read from the database nor kept there: \(failure)")
    }
}
