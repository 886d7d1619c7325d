# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=sh
#
# Finds a JDK of release 25 or newer; sourced by ./build and by the launcher.
#
#   find_jdk java|javac     sets java_home and jvm_build, or returns 1
#
# The version comes from each candidate's `release` file, read with the shell's own `read`: asking `java -version` would
# cost 35 ms a candidate, and `grep` or `sed` a process each.

jdk_least=25

# jdk_accept HOME TOOL: is HOME a Java of at least release $jdk_least that has TOOL?
jdk_accept() {
    [ -x "$1/bin/$2" ] && [ -r "$1/release" ] || return 1
    jdk_version='' jdk_runtime=''
    while IFS='=' read -r jdk_name jdk_value; do
        jdk_value=${jdk_value#\"}
        case $jdk_name in
            JAVA_RUNTIME_VERSION) jdk_runtime=${jdk_value%%\"*} ;;
            JAVA_VERSION) jdk_version=${jdk_value%%\"*} ;;
            *) continue ;;
        esac
        # The rest of the file is long, and a shell reads it byte by byte.
        [ -z "$jdk_version" ] || [ -z "$jdk_runtime" ] || break
    done <"$1/release"
    jdk_major=${jdk_version%%[!0-9]*}
    [ "${jdk_major:-0}" -ge "$jdk_least" ] || return 1
    java_home=$1 jvm_build=${jdk_runtime:-$jdk_version}
}

# jdk_on_path: sets jdk_java to the first java on the PATH. Relative entries are skipped: the current directory may be
# anybody's.
jdk_on_path() {
    jdk_java='' jdk_glob=$-
    set -f
    IFS=:
    for jdk_entry in ${PATH-}; do
        case $jdk_entry in
            /*) [ -x "$jdk_entry/java" ] && [ ! -d "$jdk_entry/java" ] && jdk_java=${jdk_entry%/}/java && break ;;
        esac
    done
    unset IFS
    case $jdk_glob in *f*) ;; *) set +f ;; esac
    [ -n "$jdk_java" ]
}

find_jdk() {
    jdk_tool=$1
    [ -n "${JAVA_HOME-}" ] && jdk_accept "$JAVA_HOME" "$jdk_tool" && return 0

    set -- /usr/lib/jvm/* /opt/* /usr/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home
    [ -z "${HOME-}" ] || set -- "$@" "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/*

    # The PATH's java is often a link to a link (alternatives). `-ef` tells which install root it ends in, without a
    # process; only a java outside all of them needs readlink.
    if jdk_on_path; then
        jdk_home=''
        if [ ! -L "$jdk_java" ]; then
            jdk_home=${jdk_java%/bin/java}
        else
            for jdk_root; do
                [ "$jdk_root/bin/java" -ef "$jdk_java" ] && jdk_home=$jdk_root && break
            done
            [ -n "$jdk_home" ] || jdk_home=$(readlink -f "$jdk_java") || jdk_home=''
            jdk_home=${jdk_home%/bin/java}
        fi
        [ -n "$jdk_home" ] && jdk_accept "$jdk_home" "$jdk_tool" && return 0
    fi

    for jdk_root; do
        jdk_accept "$jdk_root" "$jdk_tool" && return 0
    done
    return 1
}

# jdk_missing NAME: what to say when find_jdk found nothing.
jdk_missing() {
    printf '%s: no JDK %s or newer was found in JAVA_HOME, on the PATH or in the usual places.\n' "$1" "$jdk_least" >&2
    printf 'hint: install one, for example Temurin %s, or set JAVA_HOME to it.\n' "$jdk_least" >&2
}
