; The words of setup and remover that are not NSIS's own, in English.
!define WORD "!insertmacro English"
!macro English NAME TEXT
    LangString ${NAME} ${LANG_ENGLISH} "${TEXT}"
!macroend
${WORD} WelcomeTitle "Install CX Desk ${VERSION}"
${WORD} WelcomeText "Open a survey file, see what customers said, hand over an Excel report.$\r$\n$\r$\nCX Desk works without the internet: your files stay on this computer. No administrator rights are needed. An earlier version is replaced; your settings, projects and reports stay.$\r$\n$\r$\nChoose Install to begin."
${WORD} StartNow "Start CX Desk"
${WORD} StillRunning "CX Desk is still open. While it runs, its files cannot be changed.$\r$\n$\r$\nClose CX Desk, then choose Retry."
${WORD} NoRights "Installing for all users of this computer needs an administrator.$\r$\n$\r$\nStart this as an administrator, or without /ALLUSERS to install for yourself only."
${WORD} TooOld "CX Desk needs Windows 10, version 1809, or newer. This computer has an older Windows.$\r$\n$\r$\nNothing was changed. Please update Windows, or ask whoever looks after this computer."
${WORD} NotThisMachine "CX Desk needs a 64-bit Windows. The Windows of this computer cannot run it.$\r$\n$\r$\nNothing was changed. Please use another computer, or ask whoever looks after this one."
${WORD} SurveyType "Survey file"
${WORD} ProjectType "CX Desk project"
${WORD} TemplateType "CX Desk template"
${WORD} SettingsToo "My settings"
${WORD} RemoveText "Choose what to remove. Your survey files, projects and reports stay in any case."
${WORD} RemoveProgramText "The program itself."
${WORD} RemoveSettingsText "What CX Desk remembers for you: language, layouts of surveys, the list of recent files, work that was saved for you."
!undef WORD
