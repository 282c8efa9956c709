import Glibc
import TestPeers

/// A terminal that a test sits at.
struct PseudoTerminal {
    /// What is written here is typed, and what is read here is on the screen.
    let master: Int32
    /// Open in the tests too, so that the terminal is as it was left once the program has ended.
    let slave: Int32
    /// By which a program opens it.
    let path: String

    init() throws {
        master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard master >= 0, grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master) else {
            throw Unexpected("there is no pseudo-terminal")
        }
        path = String(cString: name)
        slave = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
        guard slave >= 0 else { throw Unexpected("\(path) cannot be opened") }
    }

    /// Whether what is typed is shown.
    var echoes: Bool {
        var state = termios()
        return tcgetattr(slave, &state) == 0 && state.c_lflag & tcflag_t(ECHO) != 0
    }

    func type(_ text: String) {
        let octets = Array(text.utf8)
        _ = write(master, octets, octets.count)
    }
}
