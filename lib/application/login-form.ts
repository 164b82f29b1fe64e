import type { RequestMatcher } from './request-matcher';

/** How the body of a login or sign-up request is written. */
export enum FormEncoding {
  /** As JSON; fields are JSON pointers: `/email`. */
  JSON = 'JSON',
  /** As a form; fields are names of inputs: `log`. */
  FORM = 'FORM_ENCODED',
}

/** Which fields of a request hold a name and a password. */
export interface LoginFields {
  /** Where the name stands: an e-mail address, for the data on stolen passwords to be of use. */
  readonly username: string;

  /** Where the password stands. */
  readonly password: string;
}

/** Which status a shop answers with. */
export interface LoginAnswers {
  /** When name and password are right. */
  readonly success: number[];

  /** When they are not. */
  readonly failure: number[];
}

const PLAIN: LoginAnswers = { success: [200], failure: [401] };

/** A request that tries a name and a password, described so that fraud rules can read it and judge the answer. */
export class LoginForm {
  /**
   * A login whose body is JSON.
   *
   * @param request the request
   * @param fields JSON pointers: `/email` and `/password`
   * @param answers by default 200 for success and 401 for failure
   */
  public static json(request: RequestMatcher, fields: LoginFields, answers: LoginAnswers = PLAIN): LoginForm {
    return new LoginForm(request, FormEncoding.JSON, fields, answers);
  }

  /**
   * A login whose body is a form.
   *
   * @param request the request
   * @param fields names of the inputs: `log` and `pwd`
   * @param answers by default 200 for success and 401 for failure
   */
  public static form(request: RequestMatcher, fields: LoginFields, answers: LoginAnswers = PLAIN): LoginForm {
    return new LoginForm(request, FormEncoding.FORM, fields, answers);
  }

  private constructor(
    /** The request that is sent. */
    public readonly request: RequestMatcher,
    /** How its body is written. */
    public readonly encoding: FormEncoding,
    /** Where name and password stand. */
    public readonly fields: LoginFields,
    /** Which status it is answered with. */
    public readonly answers: LoginAnswers,
  ) {}
}
