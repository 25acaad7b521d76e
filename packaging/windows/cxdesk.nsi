; The setup program for Windows. It is compiled by setup.py, which gives it:
;   VERSION      1.2.3           NUMBERS   1.2.3.0
;   BUNDLE       the frozen folder: cxdesk.exe beside _internal
;   ICONS        cxdesk.ico, cxdesk-project.ico, cxdesk-template.ico
;   TYPES        a file with the macros SurveyTypes and OwnTypes (which file types the program opens)
;   SIZE         kilobytes of the installed program
;   LICENCE      the licence, a text file
;   OUT          the setup program to write
;
; One click installs for the person who runs it, without administrator rights. For a department:
;   setup.exe /S                 the same without a window
;   setup.exe /ALLUSERS /S       into Program Files, for everybody; needs administrator rights
;   setup.exe /D=C:\Folder       somewhere else (the last argument, without quotation marks)
; Exit status: 0 done, 1 cancelled, 2 could not be finished, 3 the program is running, 4 no administrator rights,
; 5 this Windows cannot run it.

Unicode true
ManifestDPIAware true
RequestExecutionLevel user
SetCompressor /SOLID lzma
SetCompressorDictSize 64
AllowSkipFiles off
ShowInstDetails nevershow
ShowUninstDetails nevershow
BrandingText " "

!include "MUI2.nsh"
!include "x64.nsh"
!include "WinVer.nsh"
!include "FileFunc.nsh"
!include "${TYPES}"

!define NAME "CX Desk"
!define PROGRAM "cxdesk.exe"
!define REMOVER "uninstall.exe"
!define REMOVAL "Software\Microsoft\Windows\CurrentVersion\Uninstall\CX Desk"
!define CLASSES "Software\Classes"
!define APPLICATION "Software\Classes\Applications\cxdesk.exe"
!define SURVEY "CXDesk.Survey"
!define OLDEST_BUILD 17763
!define OLDEST_ARM_BUILD 22000

!define STATUS_RUNNING 3
!define STATUS_RIGHTS 4
!define STATUS_WINDOWS 5

Name "${NAME}"
OutFile "${OUT}"
InstallDir ""

VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey /LANG=1033 "ProductName" "${NAME}"
VIAddVersionKey /LANG=1033 "CompanyName" "${NAME}"
VIAddVersionKey /LANG=1033 "FileDescription" "${NAME} Setup"
VIAddVersionKey /LANG=1033 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=1033 "LegalCopyright" "The CX Desk founders, MIT License"

!define MUI_ICON "${ICONS}/cxdesk.ico"
!define MUI_UNICON "${ICONS}/cxdesk.ico"
!define MUI_ABORTWARNING
!define MUI_WELCOMEPAGE_TITLE "$(WelcomeTitle)"
!define MUI_WELCOMEPAGE_TEXT "$(WelcomeText)"
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_FUNCTION StartProgram
!define MUI_FINISHPAGE_RUN_TEXT "$(StartNow)"

!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_COMPONENTSPAGE_SMALLDESC
!define MUI_COMPONENTSPAGE_TEXT_TOP "$(RemoveText)"
!insertmacro MUI_UNPAGE_COMPONENTS
!insertmacro MUI_UNPAGE_INSTFILES

; Windows' own language decides; nobody is asked.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "SimpChinese"
!include "english.nsh"
!include "simpchinese.nsh"

Var Everybody     ; "1": installed for all users of the computer
Var Before        ; "1": there was an earlier version here

; --- what setup and remover share -----------------------------------------------------------------------------------

; In a window it says why and may offer another try; without one it ends with a status that a script can read.
!macro Refuse TEXT STATUS
    MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
    SetErrorLevel ${STATUS}
    Quit
!macroend

!macro UseContext
    SetRegView 64
    ${If} $Everybody == "1"
        SetShellVarContext all
    ${Else}
        SetShellVarContext current
    ${EndIf}
!macroend

; For everybody takes an administrator. In a window Windows asks for one; without a window there is nobody to ask.
!macro NeedRights FILE ARGUMENTS
    ${If} $Everybody == "1"
        UserInfo::GetAccountType
        Pop $0
        ${If} $0 != "Admin"
            ${IfNot} ${Silent}
                ExecShell "runas" "${FILE}" "${ARGUMENTS}"
                Quit
            ${EndIf}
            !insertmacro Refuse "$(NoRights)" ${STATUS_RIGHTS}
        ${EndIf}
    ${EndIf}
!macroend

; A program that runs cannot be opened for writing. Its worker process is the same program.
!macro RefuseWhileRunning PREFIX
    ${PREFIX}again:
    ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
        ClearErrors
        FileOpen $0 "$INSTDIR\${PROGRAM}" a
        ${If} ${Errors}
            MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(StillRunning)" /SD IDCANCEL IDRETRY ${PREFIX}again
            SetErrorLevel ${STATUS_RUNNING}
            Quit
        ${EndIf}
        FileClose $0
    ${EndIf}
!macroend

!macro TellExplorer
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

; --- file types: offered in "Open with", never taken from the program that has them -----------------------------------

!macro Offer ENDING
    WriteRegStr SHCTX "${CLASSES}\.${ENDING}\OpenWithProgids" "${SURVEY}" ""
    WriteRegStr SHCTX "${APPLICATION}\SupportedTypes" ".${ENDING}" ""
!macroend

!macro Withdraw ENDING
    DeleteRegValue SHCTX "${CLASSES}\.${ENDING}\OpenWithProgids" "${SURVEY}"
    DeleteRegKey /ifempty SHCTX "${CLASSES}\.${ENDING}\OpenWithProgids"
    DeleteRegKey /ifempty SHCTX "${CLASSES}\.${ENDING}"
!macroend

!macro DescribeType KIND WORDS ICON
    WriteRegStr SHCTX "${CLASSES}\${KIND}" "" "${WORDS}"
    WriteRegStr SHCTX "${CLASSES}\${KIND}\DefaultIcon" "" "${ICON}"
    WriteRegStr SHCTX "${CLASSES}\${KIND}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
!macroend

!macro OwnType ENDING KIND WORDS ICON
    !insertmacro DescribeType "${KIND}" "${WORDS}" "$INSTDIR\${ICON}"
    WriteRegStr SHCTX "${CLASSES}\.${ENDING}" "" "${KIND}"
    WriteRegStr SHCTX "${CLASSES}\.${ENDING}\OpenWithProgids" "${KIND}" ""
!macroend

!macro DropOwnType ENDING KIND WORDS ICON
    DeleteRegKey SHCTX "${CLASSES}\${KIND}"
    DeleteRegValue SHCTX "${CLASSES}\.${ENDING}\OpenWithProgids" "${KIND}"
    DeleteRegKey /ifempty SHCTX "${CLASSES}\.${ENDING}\OpenWithProgids"
    ReadRegStr $0 SHCTX "${CLASSES}\.${ENDING}" ""
    ${If} $0 == "${KIND}"
        DeleteRegValue SHCTX "${CLASSES}\.${ENDING}" ""
    ${EndIf}
    DeleteRegKey /ifempty SHCTX "${CLASSES}\.${ENDING}"
!macroend

; --- setup ------------------------------------------------------------------------------------------------------------

Function .onInit
    ${IfNot} ${AtLeastBuild} ${OLDEST_BUILD}
        !insertmacro Refuse "$(TooOld)" ${STATUS_WINDOWS}
    ${EndIf}
    ${IfNot} ${IsNativeAMD64}
        ${IfNot} ${IsNativeARM64}
        ${OrIfNot} ${AtLeastBuild} ${OLDEST_ARM_BUILD}
            !insertmacro Refuse "$(NotThisMachine)" ${STATUS_WINDOWS}
        ${EndIf}
    ${EndIf}
    ${GetParameters} $1
    ClearErrors
    ${GetOptions} $1 "/ALLUSERS" $2
    ${IfNot} ${Errors}
        StrCpy $Everybody "1"
    ${EndIf}
    !insertmacro NeedRights "$EXEPATH" "/ALLUSERS"
    !insertmacro UseContext
    ${If} $INSTDIR == ""
        ; An earlier version that was put somewhere else is replaced where it is.
        ReadRegStr $INSTDIR SHCTX "${REMOVAL}" "InstallLocation"
    ${EndIf}
    ${If} $INSTDIR == ""
        ${If} $Everybody == "1"
            StrCpy $INSTDIR "$PROGRAMFILES64\${NAME}"
        ${Else}
            StrCpy $INSTDIR "$LOCALAPPDATA\Programs\${NAME}"
        ${EndIf}
    ${EndIf}
    ${If} ${Silent}
        !insertmacro RefuseWhileRunning "init_"
    ${EndIf}
FunctionEnd

Section "${NAME}"
    !insertmacro RefuseWhileRunning "section_"
    SetOutPath "$INSTDIR"
    RMDir /r "$INSTDIR\before"
    ; The earlier version is put aside as a whole, so that two versions never mix, and back if this one does not fit.
    ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
        StrCpy $Before "1"
        CreateDirectory "$INSTDIR\before"
        ClearErrors
        Rename "$INSTDIR\_internal" "$INSTDIR\before\_internal"
        ${If} ${Errors}
            RMDir "$INSTDIR\before"
            !insertmacro Refuse "$(StillRunning)" ${STATUS_RUNNING}
        ${EndIf}
        Rename "$INSTDIR\${PROGRAM}" "$INSTDIR\before\${PROGRAM}"
    ${EndIf}
    RMDir /r "$INSTDIR\_internal"

    File /r "${BUNDLE}/*"
    File "${ICONS}/cxdesk-project.ico"
    File "${ICONS}/cxdesk-template.ico"
    File "/oname=LICENSE.txt" "${LICENCE}"
    WriteUninstaller "$INSTDIR\${REMOVER}"
    RMDir /r "$INSTDIR\before"

    CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
    ${If} $Before != "1"
    ${AndIf} $Everybody != "1"
        CreateShortcut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
    ${EndIf}

    !insertmacro DescribeType "${SURVEY}" "$(SurveyType)" "$INSTDIR\${PROGRAM},0"
    WriteRegStr SHCTX "${APPLICATION}" "FriendlyAppName" "${NAME}"
    WriteRegStr SHCTX "${APPLICATION}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
    !insertmacro SurveyTypes Offer
    !insertmacro OwnTypes OwnType
    !insertmacro TellExplorer

    WriteRegStr SHCTX "${REMOVAL}" "DisplayName" "${NAME}"
    WriteRegStr SHCTX "${REMOVAL}" "DisplayVersion" "${VERSION}"
    WriteRegStr SHCTX "${REMOVAL}" "DisplayIcon" "$INSTDIR\${PROGRAM},0"
    WriteRegStr SHCTX "${REMOVAL}" "Publisher" "${NAME}"
    WriteRegStr SHCTX "${REMOVAL}" "InstallLocation" "$INSTDIR"
    WriteRegStr SHCTX "${REMOVAL}" "UninstallString" '"$INSTDIR\${REMOVER}"'
    WriteRegStr SHCTX "${REMOVAL}" "QuietUninstallString" '"$INSTDIR\${REMOVER}" /S'
    WriteRegDWORD SHCTX "${REMOVAL}" "EstimatedSize" ${SIZE}
    WriteRegDWORD SHCTX "${REMOVAL}" "NoModify" 1
    WriteRegDWORD SHCTX "${REMOVAL}" "NoRepair" 1
SectionEnd

; Through the desktop, so that it runs with the person's rights even if an administrator installed it.
Function StartProgram
    Exec '"$WINDIR\explorer.exe" "$INSTDIR\${PROGRAM}"'
FunctionEnd

Function .onInstFailed
    ${If} ${FileExists} "$INSTDIR\before\_internal"
        RMDir /r "$INSTDIR\_internal"
        Delete "$INSTDIR\${PROGRAM}"
        Rename "$INSTDIR\before\_internal" "$INSTDIR\_internal"
        Rename "$INSTDIR\before\${PROGRAM}" "$INSTDIR\${PROGRAM}"
        RMDir "$INSTDIR\before"
    ${EndIf}
FunctionEnd

; --- removing ---------------------------------------------------------------------------------------------------------

Function un.onInit
    SetRegView 64
    ReadRegStr $0 HKLM "${REMOVAL}" "InstallLocation"
    ${If} $0 == $INSTDIR
        StrCpy $Everybody "1"
    ${EndIf}
    !insertmacro NeedRights "$INSTDIR\${REMOVER}" ""
    !insertmacro UseContext
    !insertmacro RefuseWhileRunning "un_init_"
FunctionEnd

; Only what setup put there: a file that somebody else left in the folder stays, and the folder with it.
Section "un.${NAME}" RemoveProgram
    SectionIn RO
    RMDir /r "$INSTDIR\_internal"
    RMDir /r "$INSTDIR\before"
    Delete "$INSTDIR\${PROGRAM}"
    Delete "$INSTDIR\cxdesk-project.ico"
    Delete "$INSTDIR\cxdesk-template.ico"
    Delete "$INSTDIR\LICENSE.txt"
    Delete "$INSTDIR\${REMOVER}"
    SetOutPath "$TEMP"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\${NAME}.lnk"
    Delete "$DESKTOP\${NAME}.lnk"
    !insertmacro SurveyTypes Withdraw
    !insertmacro OwnTypes DropOwnType
    DeleteRegKey SHCTX "${CLASSES}\${SURVEY}"
    DeleteRegKey SHCTX "${APPLICATION}"
    DeleteRegKey /ifempty SHCTX "${CLASSES}\Applications"
    DeleteRegKey SHCTX "${REMOVAL}"
    !insertmacro TellExplorer
SectionEnd

; Left out unless it is ticked: the person's settings and what is remembered of layouts. Never projects or reports.
Section /o "un.$(SettingsToo)" RemoveSettings
    SetShellVarContext current
    RMDir /r "$LOCALAPPDATA\${NAME}"
SectionEnd

!insertmacro MUI_UNFUNCTION_DESCRIPTION_BEGIN
    !insertmacro MUI_DESCRIPTION_TEXT ${RemoveProgram} "$(RemoveProgramText)"
    !insertmacro MUI_DESCRIPTION_TEXT ${RemoveSettings} "$(RemoveSettingsText)"
!insertmacro MUI_UNFUNCTION_DESCRIPTION_END
