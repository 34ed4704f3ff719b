"""An aspect that lints the C and C++ sources of a target with threadlint.

    bazel build //... --aspects=//:threadlint.bzl%threadlint --output_groups=threadlint

Each source is linted by an action of its own, with the flags that the compiler would get. A finding fails the build; so
does a source that could not be linted. The program is an input, `//:threadlint_executable`: with a new one, everything is
linted again.
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

_C = ["c"]
_CXX = ["cc", "cpp", "cxx", "c++", "C"]
_GCC_ONLY = ["-fno-canonical-system-headers"]

def _toolchain_flags(ctx, toolchain, is_c):
    features = cc_common.configure_features(ctx = ctx, cc_toolchain = toolchain)
    variables = cc_common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        user_compile_flags = ctx.fragments.cpp.copts +
                             (ctx.fragments.cpp.conlyopts if is_c else ctx.fragments.cpp.cxxopts),
    )
    flags = cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = ACTION_NAMES.c_compile if is_c else ACTION_NAMES.cpp_compile,
        variables = variables,
    )

    # The toolchain may be GCC's; clang stops at a flag that it does not know.
    return [flag for flag in flags if flag not in _GCC_ONLY] + ["-Wno-unknown-warning-option"]

def _lint(ctx, source, context, toolchain):
    is_c = source.extension in _C
    report = ctx.actions.declare_file("{}.{}.threadlint.txt".format(ctx.rule.attr.name, source.basename))
    arguments = ctx.actions.args()
    arguments.add(ctx.file._threadlint)
    arguments.add(report)
    arguments.add("--quiet")
    arguments.add("--checks=-*,threadlint-*")
    arguments.add("--warnings-as-errors=*")
    arguments.add(source)
    arguments.add("--")
    arguments.add_all(_toolchain_flags(ctx, toolchain, is_c))
    arguments.add_all(getattr(ctx.rule.attr, "copts", []))
    arguments.add_all(context.defines, before_each = "-D")
    arguments.add_all(context.local_defines, before_each = "-D")
    arguments.add_all(context.includes, before_each = "-I")
    arguments.add_all(context.quote_includes, before_each = "-iquote")
    arguments.add_all(context.system_includes, before_each = "-isystem")
    ctx.actions.run_shell(
        mnemonic = "Threadlint",
        progress_message = "Linting " + source.short_path,
        inputs = depset(
            [source, ctx.file._threadlint] + ctx.files._config,
            transitive = [context.headers, toolchain.all_files],
        ),
        outputs = [report],
        # The report is shown when the action fails, and kept when it does not.
        command = 'tool=$1; report=$2; shift 2; "$tool" "$@" >"$report" 2>&1 || { cat "$report" >&2; exit 1; }',
        arguments = [arguments],
    )
    return report

def _threadlint_impl(target, ctx):
    if CcInfo not in target:
        return []
    toolchain = find_cpp_toolchain(ctx)
    context = target[CcInfo].compilation_context
    reports = [
        _lint(ctx, file, context, toolchain)
        for source in getattr(ctx.rule.attr, "srcs", [])
        for file in source.files.to_list()
        if file.is_source and file.extension in _C + _CXX
    ]
    return [OutputGroupInfo(threadlint = depset(reports))]

threadlint = aspect(
    implementation = _threadlint_impl,
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
    attrs = {
        "_threadlint": attr.label(default = "//:threadlint_executable", allow_single_file = True),
        "_config": attr.label(default = "//:threadlint_config"),
        "_cc_toolchain": attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain"),
    },
)
