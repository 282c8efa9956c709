import ArgumentParser
import ConfigurationReading
import FoundationEssentials
import GatewayConfiguration

/// The option that every command which needs the configuration has.
struct ConfigurationOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The configuration file.", valueName: "FILE"), completion: .file())
    var config = "/etc/mm7-gateway/mm7-gateway.json"

    /// Loads the configuration, or ends the command with every fault on standard error.
    func load(for purpose: ReadingSession.Purpose = .serving) throws -> Configuration {
        do {
            return try Configuration.load(path: config, for: purpose)
        } catch {
            StandardError.print(error)
            if !FileManager.default.fileExists(atPath: config) { StandardError.print(Self.advice) }
            throw ExitCode.configuration
        }
    }

    /// Advice for those who try the program or its image for the first time and have no file yet.
    private static let advice = """
        Give the file's path with --config FILE. A sample is etc/mm7-gateway.json, in the image \
        /usr/share/mm7-gateway/mm7-gateway.json; in a container, mount the folder that has yours:
          docker run -v ./etc:/etc/mm7-gateway:ro -v state:/var/lib/mm7-gateway -p 8080:8080 -p 8007:8007 mm7-gateway
        Without any file, this shows one picture going the whole way: mm7-gateway demo --once
        """
}
