// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

/// Ends a request with a problem that is a matter of HTTP and not one of the office's three errors: 401, 404,
/// 413. It never leaves the packages that speak HTTP.
public final class HttpProblem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    public HttpProblem(Problem problem) {
        // It is an answer, not a fault: no stack is looked at.
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
