import FoundationEssentials
import GatewayCore

extension Transaction {
    /// Ends what began after now and waits for a time; returns how much was changed.
    ///
    /// - Parameters:
    ///   - last: when claims that are worked on end at the latest.
    ///   - limit: of each kind.
    func endWaits(begunAfter now: Date, last: Date, limit: Int) throws(SQLiteError) -> Int {
        let limit = SQLValue.integer(limit)
        let carriers = try connection.rows(
            SettingBackQuery.messages, [":place": place(at: now), ":now": .time(now), ":limit": limit]
        ) { (row) throws(SQLiteError) in try row.text() }
        for text in Set(carriers) { bells.ring(Carriers(text)) }
        let mmscs = try connection.rows(
            SettingBackQuery.cancellations, [":now": .time(now), ":last": .time(last), ":limit": limit]
        ) { row in row.optionalText() }
        for mmsc in Set(mmscs) { if let mmsc { bells.cancelling.insert(mmsc) } }
        let claims = try connection.run(SettingBackQuery.claims, [":last": .time(last), ":limit": limit])
        var events = 0
        for place in try eventPlaces() {
            events += try connection.run(
                SettingBackQuery.events,
                [
                    ":owner": .integer(place.owner), ":receiver": .text(place.receiver), ":last": .time(last),
                    ":now": .time(now), ":limit": limit,
                ])
        }
        let media = try connection.run(SettingBackQuery.media, [":now": .time(now), ":limit": limit])
        bells.events = bells.events || events > 0
        bells.media = bells.media || media > 0
        return carriers.count + mmscs.count + claims + events + media
    }
}
