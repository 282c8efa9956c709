import Gateway
import Testing

@Suite("Composition and manifests")
struct ContainerTests {
    private let composition: Page
    private let configuration: Page

    init() throws {
        composition = try Page("docker/compose.yaml")
        configuration = try Page("docker/mm7-gateway.json")
    }

    @Test("every file that the composition mounts or takes as a secret is there")
    func files() {
        let mounted = composition.text.matches(of: /- (\.{1,2}\/[^:\s]+):/).map { String($0.1) }
        let secrets = composition.text.matches(of: /\{file: ([^}]+)\}/).map { String($0.1) }

        #expect(mounted.count >= 5)
        #expect(secrets.count >= 4)
        for path in mounted + secrets {
            let isAbove = path.hasPrefix("../")
            let name = path.replacing(/^\.{1,2}\//, with: "")
            #expect(Page.exists(isAbove ? name : "docker/\(name)"), "\(path)")
        }
    }

    @Test("every secret that its configuration reads is one that the composition gives to the gateway")
    func secrets() throws {
        let read = configuration.text.matches(of: /"\/run\/secrets\/([a-z0-9_]+)"/).map { String($0.1) }
        let given = try #require(composition.text.firstMatch(of: /secrets: \[([^\]]+)\]/)).1

        #expect(read.count == 3)
        #expect(read.sorted() == given.split(separator: ", ").map(String.init).sorted())
    }

    @Test("what runs is bounded, starts again, has no capabilities, and is asked whether it is well")
    func services() {
        let services = composition.text.split(separator: "\nservices:\n").last?.split(separator: "\nnetworks:\n").first
        let parts = (services ?? "").split(separator: /(?m)^  (?=[a-z-]+:$)/).filter { $0.contains("image: ") }

        #expect(parts.count == 4)
        for part in parts {
            let keys = [
                "restart: ", "mem_limit: ", "pids_limit: ", "cap_drop: [ALL]", "no-new-privileges", "healthcheck:",
            ]
            for key in keys { #expect(part.contains(key), "\(part.prefix { $0 != ":" }): \(key)") }
        }
    }

    @Test("the manifests run the version that this is")
    func version() throws {
        let set = try Page("docker/kubernetes/statefulset.yaml")

        #expect(set.text.contains("image: mm7-gateway:\(Gateway.version)\n"))
    }
}
