# Finds exactly the LLVM major asked for, with its clang-tidy, lit and FileCheck,
# and says what it found. Everything else of the build takes its answers from here:
# LLVM_INCLUDE_DIRS, targets LLVM and clang-cpp,
# THREADLINT_{CLANG_TIDY,LIT,FILECHECK,TIDY_LIBRARIES,CLANGD_LIBRARIES,CLANGD_ACTIONS,
# RESOURCE_DIR}.
set(known_llvm 14 16 19 22)
if(NOT THREADLINT_LLVM IN_LIST known_llvm)
  list(JOIN known_llvm ", " known_text)
  message(FATAL_ERROR "threadlint builds for LLVM ${known_text}; "
    "THREADLINT_LLVM=${THREADLINT_LLVM} is none of them.")
endif()

set(llvm_root "/usr/lib/llvm-${THREADLINT_LLVM}")
find_package(LLVM CONFIG QUIET HINTS "${LLVM_DIR}" "${llvm_root}/lib/cmake/llvm"
             NO_DEFAULT_PATH)
if(NOT LLVM_FOUND)
  message(FATAL_ERROR "LLVM ${THREADLINT_LLVM} was not found under ${llvm_root}: install "
    "llvm-${THREADLINT_LLVM}-dev and libclang-${THREADLINT_LLVM}-dev, or pass -DLLVM_DIR=….")
endif()
if(NOT LLVM_VERSION_MAJOR EQUAL THREADLINT_LLVM)
  message(FATAL_ERROR "THREADLINT_LLVM=${THREADLINT_LLVM} was asked for, but ${LLVM_DIR} is "
    "LLVM ${LLVM_PACKAGE_VERSION}; pass -DTHREADLINT_LLVM=${LLVM_VERSION_MAJOR} or another LLVM_DIR.")
endif()
set(llvm_root "${LLVM_INSTALL_PREFIX}")
# ClangConfig.cmake is packaged with the compiler, which we do not need, and its
# targets offer static libraries beside the shared one. Ours is the shared one.
file(GLOB clang_cpp "${llvm_root}/lib/libclang-cpp.so*")
if(NOT clang_cpp OR NOT EXISTS "${llvm_root}/include/clang/AST/ASTContext.h")
  message(FATAL_ERROR "LLVM ${LLVM_PACKAGE_VERSION} is there, but clang's headers and libclang-cpp "
    "are not: install libclang-${THREADLINT_LLVM}-dev.")
endif()
list(GET clang_cpp 0 clang_cpp)
add_library(clang-cpp SHARED IMPORTED)
set_target_properties(clang-cpp PROPERTIES IMPORTED_LOCATION "${clang_cpp}")
target_link_libraries(clang-cpp INTERFACE LLVM)
if(NOT EXISTS "${llvm_root}/include/clang-tidy/ClangTidyCheck.h")
  message(FATAL_ERROR "libclang-${THREADLINT_LLVM}-dev has no clang-tidy headers in "
    "${llvm_root}/include/clang-tidy.")
endif()
separate_arguments(THREADLINT_LLVM_DEFINITIONS NATIVE_COMMAND "${LLVM_DEFINITIONS}")
list(TRANSFORM THREADLINT_LLVM_DEFINITIONS REPLACE "^-D" "")

find_package(Python3 REQUIRED COMPONENTS Interpreter)
find_program(THREADLINT_CLANG_TIDY NAMES clang-tidy clang-tidy-${THREADLINT_LLVM}
  PATHS "${llvm_root}/bin" NO_DEFAULT_PATH)
find_program(THREADLINT_FILECHECK NAMES FileCheck PATHS "${llvm_root}/bin" NO_DEFAULT_PATH)
# lit moved from the build tree's utilities to bin/ with the 22 packages.
find_file(THREADLINT_LIT NAMES lit.py lit llvm-lit
  PATHS "${llvm_root}/bin" "${llvm_root}/build/utils/lit" NO_DEFAULT_PATH)

# clang-tidy as archives; without them there is the plugin, but no executable.
file(GLOB THREADLINT_TIDY_LIBRARIES "${llvm_root}/lib/libclangTidy*.a")
list(FILTER THREADLINT_TIDY_LIBRARIES EXCLUDE REGEX "libclangTidyPlugin\\.a$")
foreach(helper clangQuery clangIncludeCleaner) # used by single checks, not in libclang-cpp
  if(THREADLINT_TIDY_LIBRARIES AND EXISTS "${llvm_root}/lib/lib${helper}.a")
    list(APPEND THREADLINT_TIDY_LIBRARIES "${llvm_root}/lib/lib${helper}.a")
  endif()
endforeach()
if(NOT EXISTS "${llvm_root}/lib/libclangTidyMain.a")
  set(THREADLINT_TIDY_LIBRARIES "")
endif()
# clangd as archives, with a main() to call since 17; it needs clang-tidy's.
set(THREADLINT_CLANGD_LIBRARIES "")
set(THREADLINT_CLANGD_ACTIONS "${llvm_root}/lib/libclangDaemonTweaks.a")
if(THREADLINT_TIDY_LIBRARIES AND EXISTS "${llvm_root}/lib/libclangdMain.a")
  foreach(part clangdMain clangDaemon clangdSupport clangPseudo clangPseudoCXX clangPseudoGrammar)
    if(EXISTS "${llvm_root}/lib/lib${part}.a") # the parser Pseudo ended with 20
      list(APPEND THREADLINT_CLANGD_LIBRARIES "${llvm_root}/lib/lib${part}.a")
    endif()
  endforeach()
endif()
# Where clang's own headers are: <major> since 16, the full version before.
foreach(name ${LLVM_VERSION_MAJOR} ${LLVM_VERSION_MAJOR}.${LLVM_VERSION_MINOR}.${LLVM_VERSION_PATCH})
  if(EXISTS "${llvm_root}/lib/clang/${name}/include/stddef.h")
    set(THREADLINT_RESOURCE_DIR "${llvm_root}/lib/clang/${name}")
  endif()
endforeach()

message(STATUS "LLVM:       ${LLVM_PACKAGE_VERSION} (${llvm_root})")
message(STATUS "clang-tidy: ${THREADLINT_CLANG_TIDY}")
message(STATUS "lit:        ${THREADLINT_LIT}")
message(STATUS "FileCheck:  ${THREADLINT_FILECHECK}")
