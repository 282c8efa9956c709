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
        var (master, slave): (Int32, Int32) = (-1, -1)
        guard openpty(&master, &slave, nil, nil, nil) == 0, let name = ttyname(slave) else {
            throw Unexpected("there is no pseudo-terminal")
        }
        for descriptor in [master, slave] { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        (self.master, self.slave, path) = (master, slave, String(cString: name))
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
