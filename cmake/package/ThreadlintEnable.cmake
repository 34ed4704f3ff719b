# threadlint_enable(TARGET… [WARNINGS_AS_ERRORS] [CHECKS glob…] [HEADER_FILTER regex])
#
# Lints the C and C++ sources of the targets whenever they are compiled, with CMake's
# own <LANG>_CLANG_TIDY. The options of the checks come from the project's .clang-tidy.
#   WARNINGS_AS_ERRORS  a finding fails the build
#   CHECKS              instead of threadlint-*
#   HEADER_FILTER       whose headers are reported; default: those of the project
function(threadlint_enable)
  cmake_parse_arguments(PARSE_ARGV 0 ARG "WARNINGS_AS_ERRORS" "HEADER_FILTER" "CHECKS")
  if(NOT ARG_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "threadlint_enable() needs the name of a target")
  endif()
  if(NOT ARG_CHECKS)
    set(ARG_CHECKS "threadlint-*")
  endif()
  if(NOT ARG_HEADER_FILTER)
    string(REGEX REPLACE "([][+.*()^$?{}|])" "\\\\\\1" own "${PROJECT_SOURCE_DIR}")
    set(ARG_HEADER_FILTER "^${own}/")
  endif()
  list(JOIN ARG_CHECKS "," checks)
  set(command "${Threadlint_EXECUTABLE}" "--quiet" "--checks=-*,${checks}"
              "--header-filter=${ARG_HEADER_FILTER}")
  if(ARG_WARNINGS_AS_ERRORS)
    list(APPEND command "--warnings-as-errors=*")
  endif()
  foreach(target IN LISTS ARG_UNPARSED_ARGUMENTS)
    if(NOT TARGET "${target}")
      message(FATAL_ERROR "threadlint_enable(): there is no target '${target}'")
    endif()
    set_target_properties("${target}" PROPERTIES
      C_CLANG_TIDY "${command}" CXX_CLANG_TIDY "${command}")
  endforeach()
endfunction()
