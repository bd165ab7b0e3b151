// SPDX-License-Identifier: Apache-2.0

/// Which resources of a template must exist before which others.
struct DependencyGraph: Sendable {
    /// The resources in an order in which each comes after all it depends on, as early as the template has it.
    let order: [String]

    /// Orders the resources.
    ///
    /// `dependencies` has an entry for each of `nodes` and names nothing else.
    /// - Throws: CloudFormation's message with the resources that depend on each other in a circle.
    init(nodes: [String], dependencies: [String: Set<String>]) throws(TemplateError) {
        var waiting = dependencies
        var order: [String] = []
        var remaining = nodes
        while !remaining.isEmpty {
            let ready = remaining.filter { waiting[$0]?.isEmpty ?? true }
            guard !ready.isEmpty else {
                throw TemplateError(
                    "Circular dependency between resources: "
                        + "[\(Self.circle(remaining, waiting).joined(separator: ", "))]"
                )
            }
            order += ready
            let done = Set(ready)
            remaining.removeAll { done.contains($0) }
            for node in remaining {
                waiting[node]?.subtract(done)
            }
        }
        self.order = order
    }

    /// Of resources none of which can start, those that something in a circle depends on.
    private static func circle(_ nodes: [String], _ dependencies: [String: Set<String>]) -> [String] {
        var members = Set(nodes)
        while true {
            let needed = members.reduce(into: Set<String>()) { $0.formUnion(dependencies[$1] ?? []) }
            let kept = members.intersection(needed)
            guard kept.count < members.count else { return members.sorted() }
            members = kept
        }
    }
}
