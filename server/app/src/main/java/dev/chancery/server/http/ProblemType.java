// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.http;

/// The kinds of errors, each with its status and a URI that never changes (RFC 9457, section 3.1.1).
public enum ProblemType {
    /// The message, its path, its query or the syntax of its JSON is wrong.
    MALFORMED(400, "malformed", "The request is malformed"),
    /// Two credentials that do not say the same.
    AMBIGUOUS_CREDENTIALS(400, "ambiguous-credentials", "The request has credentials of two callers"),
    UNAUTHORIZED(401, "unauthorized", "The request needs a valid credential"),
    /// A rule says no; the member `rule` names it.
    REFUSED(403, "refused", "A rule refuses the request"),
    NOT_FOUND(404, "not-found", "There is nothing here"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "The path does not take this method"),
    CONFLICT(409, "conflict", "The request contradicts what is there"),
    /// The member `limit_bytes` says how much would be taken.
    TOO_LARGE(413, "too-large", "The content is too large"),
    TARGET_TOO_LONG(414, "target-too-long", "The path or the query is too long"),
    UNSUPPORTED_TYPE(415, "unsupported-type", "The content is of another type"),
    UNSATISFIABLE_RANGE(416, "unsatisfiable-range", "The file has no such range"),
    /// The JSON is read, and what it says is wrong.
    UNPROCESSABLE(422, "unprocessable", "The content of the request is wrong"),
    TOO_MANY(429, "too-many", "There are too many requests of this caller"),
    FAILURE(500, "failure", "The server failed"),
    /// Later, the same request may succeed; the member `retry_after` says when, in seconds.
    UNAVAILABLE(503, "unavailable", "Something that is needed is not there now");

    private static final String BASE = "https://chancery.dev/problems/";

    private final int status;
    private final String slug;
    private final String title;

    ProblemType(int status, String slug, String title) {
        this.status = status;
        this.slug = slug;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public String uri() {
        return BASE + slug;
    }

    public String title() {
        return title;
    }
}
