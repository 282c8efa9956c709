/// Reads messages from handsets, in all dialects. (TS 23.140, 8.7.3)
extension EnvelopeReader {
    mutating func deliverReq(_ element: XMLTree.Element) -> DeliverReq {
        let identification = element.child("SenderIdentification")
        var request = DeliverReq(
            sender: senderAddress(element),
            recipients: recipientsOrRecipient(element)
        )
        if request.sender == nil { notes.add("DeliverReq has no Sender") }
        request.mmsRelayServerID = element.text("MMSRelayServerID")
        request.vaspID = element.text("VASPID") ?? identification?.text("VASPID")
        request.vasID = element.text("VASID") ?? identification?.text("VASID")
        request.linkedID = element.text("LinkedID")
        request.previouslySentBy = previousSenders(element.child("Previouslysentby"))
        request.previouslySentDateAndTime = previousSendings(element.child("Previouslysentdateandtime"))
        request.senderSPI = element.text("SenderSPI")
        request.recipientSPI = element.text("RecipientSPI")
        request.timeStamp = date(element, "TimeStamp", or: "Date")
        request.serviceCode = element.text("ServiceCode")
        request.replyChargingID = element.text("ReplyChargingID")
        request.priority = element.text("Priority").map { Priority(rawValue: $0) }
        request.subject = element.text("Subject").map { EncodedWord.decode($0) }
        request.applicID = element.text("ApplicID")
        request.replyApplicID = element.text("ReplyApplicID")
        request.auxApplicInfo = element.text("AuxApplicInfo")
        request.uaCapabilities = uaCapabilities(element)
        request.content = content(element)
        noteUnknown(
            element, "DeliverReq",
            known: [
                "MM7Version", "MMSRelayServerID", "VASPID", "VASID", "SenderIdentification", "LinkedID", "Sender",
                "SenderAddress", "Recipient", "RecipientAddress",
                "Recipients", "Previouslysentby", "Previouslysentdateandtime", "SenderSPI", "RecipientSPI",
                "TimeStamp", "Date", "ServiceCode", "ReplyChargingID", "Priority", "Subject", "ApplicID",
                "ReplyApplicID",
                "AuxApplicInfo", "UACapabilities", "Content",
            ])
        return request
    }

    mutating func deliverRsp(_ element: XMLTree.Element) throws(MM7Error) -> DeliverRsp {
        DeliverRsp(status: try status(element), serviceCode: element.text("ServiceCode"))
    }

    private func previousSenders(_ element: XMLTree.Element?) -> [PreviousSender] {
        guard let element else { return [] }
        return element.children.compactMap { agent in
            address(agent).map { PreviousSender($0, sequence: sequence(agent)) }
        }
    }

    private mutating func previousSendings(_ element: XMLTree.Element?) -> [PreviousSending] {
        guard let element else { return [] }
        var sendings: [PreviousSending] = []
        for child in element.children {
            guard let time = time(child.text, "Previouslysentdateandtime") else { continue }
            sendings.append(PreviousSending(time, sequence: sequence(child)))
        }
        return sendings
    }

    private func sequence(_ element: XMLTree.Element) -> Int? { element.attribute("sequence").flatMap { Int($0) } }
}
