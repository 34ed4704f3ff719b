# What `cmake --install` and the packages put where: the programs, the plugin, the
# documentation, the CMake package; and the Debian package.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(TARGETS threadlint-plugin LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(TARGETS threadlint RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
if(TARGET threadlint-clangd)
  install(TARGETS threadlint-clangd RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}")
endif()
install(DIRECTORY docs/ DESTINATION "${CMAKE_INSTALL_DOCDIR}"
  FILES_MATCHING PATTERN "*.md")
install(FILES README.md .clang-tidy.example DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES LICENSE DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME copyright)


# The program itself writes its completions.
if(TARGET threadlint)
  foreach(completion bash:bash-completion/completions/threadlint zsh:zsh/vendor-completions/_threadlint
                     fish:fish/vendor_completions.d/threadlint.fish)
    string(REPLACE ":" ";" completion "${completion}")
    list(GET completion 0 shell)
    list(GET completion 1 path)
    set(written "${CMAKE_BINARY_DIR}/generated/completions/${path}")
    install(CODE "
      get_filename_component(folder \"${written}\" DIRECTORY)
      file(MAKE_DIRECTORY \"\${folder}\")
      execute_process(COMMAND \"$<TARGET_FILE:threadlint>\" completion ${shell}
                      OUTPUT_FILE \"${written}\" COMMAND_ERROR_IS_FATAL ANY)")
    get_filename_component(folder "${path}" DIRECTORY)
    install(FILES "${written}" DESTINATION "${CMAKE_INSTALL_DATADIR}/${folder}")
  endforeach()
endif()

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/Threadlint")
configure_package_config_file(cmake/package/ThreadlintConfig.cmake.in
  "${CMAKE_BINARY_DIR}/generated/ThreadlintConfig.cmake"
  INSTALL_DESTINATION "${package_dir}"
  PATH_VARS CMAKE_INSTALL_BINDIR CMAKE_INSTALL_LIBDIR)
write_basic_package_version_file("${CMAKE_BINARY_DIR}/generated/ThreadlintConfigVersion.cmake"
  COMPATIBILITY SameMinorVersion)
install(FILES "${CMAKE_BINARY_DIR}/generated/ThreadlintConfig.cmake"
              "${CMAKE_BINARY_DIR}/generated/ThreadlintConfigVersion.cmake"
              cmake/package/ThreadlintEnable.cmake
  DESTINATION "${package_dir}")

# ---- cpack -G DEB --------------------------------------------------------------
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME threadlint)
set(CPACK_PACKAGE_CONTACT "The threadlint authors <threadlint@users.noreply.github.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "finds concurrency mistakes in C and C++")
set(CPACK_PACKAGE_DESCRIPTION "clang-tidy checks for slow calls under locks, threads that cannot end,
copied locks, unbounded threads and references that tasks outlive: as a plugin
for clang-tidy-${THREADLINT_LLVM} and as a drop-in clang-tidy.")
set(CPACK_STRIP_FILES ON)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# clang's own headers, without which nothing parses.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libclang-common-${THREADLINT_LLVM}-dev")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "clang-tidy-${THREADLINT_LLVM}, git")
include(CPack)
